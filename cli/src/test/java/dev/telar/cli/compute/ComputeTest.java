package dev.telar.cli.compute;

import static org.assertj.core.api.Assertions.assertThat;

import dev.telar.cli.Jobs;
import dev.telar.cli.measure.Execution;
import dev.telar.cli.work.Job;
import dev.telar.cli.work.Lanes;
import dev.telar.cli.work.Listing;
import dev.telar.cli.work.Mode;
import dev.telar.cli.work.Workload;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

class ComputeTest {

  @ParameterizedTest
  @CsvSource({"2, 1", "3, 2", "10, 4", "1000, 168", "100003, 9593"})
  void countsPrimes(String limit, long primes) throws Exception {
    assertThat(Jobs.total(job(new Primes(), limit)).answer().facts())
        .containsEntry("primes", primes);
  }

  @Test
  void factorialsAreWholeWhereTheyAreShortAndKeepTheirOrder() throws Exception {
    Listing listing = Jobs.total(job(new Factorial(), "1000", "5", "0")).listing();
    assertThat(listing.rows())
        .extracting(row -> row.subList(0, 3))
        .containsExactly(
            List.of(1000, 2568, "40238726...00000000"), List.of(5, 3, "120"), List.of(0, 1, "1"));
  }

  @ParameterizedTest
  @CsvSource({"SEQUENTIAL, 1", "THREADS, 1", "PROCESSES, 2"})
  void stepsAreDoneOnceEachWhereTheModeDoesThem(Mode mode, int jvms) throws Exception {
    Listing listing = new Execution<>(steps(), mode, Lanes.of(2), (_, _) -> {}).run().listing();
    assertThat(listing.rows()).extracting(row -> row.get(0)).containsExactly(0, 1, 2, 3, 4, 5);
    assertThat(listing.rows().stream().map(row -> row.get(2)).distinct().count())
        .isLessThanOrEqualTo(jvms);
    assertThat(listing.rows().stream().anyMatch(row -> row.get(2).equals(pid())))
        .isEqualTo(mode != Mode.PROCESSES);
  }

  private static long pid() {
    return ProcessHandle.current().pid();
  }

  private static Job<Integer, ?> steps() {
    return new Steps("six steps", 6, item -> (long) item * item);
  }

  @Test
  void serialComputesTheSameOnEveryEngine() throws Exception {
    Job<?, ?> job = job(new Serial(), "3");
    assertThat(new Execution<>(job, Mode.THREADS, Lanes.of(3), (_, _) -> {}).run().answer())
        .isEqualTo(Jobs.total(job).answer());
  }

  private static Job<?, ?> job(Workload workload, String... arguments) throws Exception {
    var spec = CommandSpec.create();
    spec.addMixin("workload", CommandSpec.forAnnotatedObjectLenient(workload));
    new CommandLine(spec).parseArgs(arguments);
    return workload.job(2);
  }
}
