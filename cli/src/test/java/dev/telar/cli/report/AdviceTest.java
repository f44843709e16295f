package dev.telar.cli.report;

import static dev.telar.cli.report.Samples.comparison;
import static dev.telar.cli.report.Samples.measurement;
import static dev.telar.cli.report.Samples.sequential;
import static org.assertj.core.api.Assertions.assertThat;

import dev.telar.cli.measure.Measurement;
import dev.telar.cli.measure.Run;
import dev.telar.cli.work.Mode;
import java.util.List;
import org.junit.jupiter.api.Test;

class AdviceTest {

  @Test
  void workThatGainsNothingStaysAPlainLoop() {
    assertThat(advice(sequential(1), threads(0.95), processes(2)))
        .startsWith("Use a plain loop")
        .contains("only a process can be killed");
  }

  @Test
  void workOfAMomentIsNotWorthSharing() {
    assertThat(advice(sequential(0.014), threads(0.004), processes(2)))
        .isEqualTo("Use a plain loop: it takes 14 ms, too little to be worth sharing out.");
  }

  @Test
  void workThatWaitsWantsVirtualThreads() {
    Measurement loop = measurement(Mode.SEQUENTIAL, 0.2, 10, 10, 0.1, 300);
    assertThat(advice(loop, threads(5), measurement(Mode.VIRTUAL, 0.2, 1, 1, 0.1, 300)))
        .startsWith("Use virtual threads: 10.0x as fast as the plain loop; the work mostly waits");
  }

  @Test
  void processesAreNamedForContainmentEvenWhereTheyAreAsFast() {
    assertThat(advice(sequential(10), threads(5), processes(5.2)))
        .startsWith("Use platform threads")
        .contains("Processes were as fast, started 0.60 s later and held 2.0x the memory");
  }

  @Test
  void processesWinWhereThreadsWaitForOneAnother() {
    assertThat(advice(sequential(10), threads(9), processes(5)))
        .isEqualTo(
            "Use processes: 1.8x as fast as threads here; the threads wait for one another (a"
                + " lock, or the garbage collector of one heap); what they cost is a start-up of"
                + " 0.80 s and 800 MiB.");
  }

  @Test
  void noCauseIsNamedThatTheFiguresDoNotShow() {
    Measurement busy = measurement(Mode.THREADS, 0.2, 9, 9, 17, 400);
    assertThat(advice(sequential(10), busy, processes(5)))
        .startsWith("Use processes: 1.8x as fast as threads here; what they cost");
  }

  @Test
  void shortRunsAndUnsteadyOnesAreCalledSo() {
    assertThat(advice(sequential(0.3), threads(0.06), processes(2)))
        .startsWith("This is little to go by");
    Measurement unsteady =
        new Measurement(
            Mode.THREADS,
            10,
            2,
            0.2,
            new Run(5, 5),
            List.of(new Run(5, 5), new Run(10, 5), new Run(6, 5)),
            0,
            1,
            threads(5).answer(),
            List.of());
    assertThat(advice(sequential(10), unsteady)).startsWith("The runs differ much");
  }

  private static Measurement threads(double warm) {
    return measurement(Mode.THREADS, 0.2, warm, warm, 1, 400);
  }

  private static Measurement processes(double warm) {
    return measurement(Mode.PROCESSES, 0.8, warm, warm, 1, 800);
  }

  private static String advice(Measurement... measurements) {
    return String.join(" ", new Advice(comparison(measurements)).sentences());
  }
}
