package dev.telar.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BenchTest {

  private final PrintStream realOut = System.out;
  private final PrintStream realErr = System.err;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @BeforeEach
  void capture() {
    System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
    System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
  }

  @AfterEach
  void release() {
    System.setOut(realOut);
    System.setErr(realErr);
  }

  @Test
  void anUnknownNameIsWrongUsageAndTellsWhatThereIs() {
    assertThat(Bench.run(new String[] {"sbumit"})).isEqualTo(2);
    assertThat(err()).hasLineCount(1).contains("sbumit", "submit-threads");
  }

  @Test
  void anUnknownOptionIsWrongUsage() {
    assertThat(Bench.run(new String[] {"--fast"})).isEqualTo(2);
    assertThat(err()).hasLineCount(1).contains("--fast");
  }

  @Test
  void helpListsTheBenchmarks() {
    assertThat(Bench.run(new String[] {"--help"})).isZero();
    assertThat(out()).contains("submit-virtual");
  }

  @Test
  void aThreadRowIsMeasuredAndSaved(@TempDir Path directory) throws Exception {
    int exitCode =
        Bench.run(new String[] {"submit-threads", "--quick", "--json", "--results=" + directory});

    assertThat(exitCode).as(out()).isZero();
    try (Stream<Path> files = Files.list(directory)) {
      Path json = files.filter(file -> file.toString().endsWith(".json")).findFirst().orElseThrow();
      assertThat(Files.readString(json)).isEqualTo(out()).contains("\"submit-threads\"");
    }
  }

  @Test
  void theProcessRowsAreMeasuredAgainstPython(@TempDir Path directory) {
    assumeTrue(Tool.PYTHON.version().isPresent(), "no python3 on the PATH");

    int exitCode = Bench.run(new String[] {"uneven", "map", "--quick", "--results=" + directory});

    assertThat(exitCode).as(out()).isZero();
    assertThat(out()).containsPattern("map +any +[0-9.]+ M/s +[0-9.]+ M/s +[0-9.]+ +>= 1.50");
  }

  @Test
  void everyRowHasANameOfItsOwnAndSaysWhatItIs() {
    assertThat(Rows.all()).extracting(Row::name).doesNotHaveDuplicates();
    assertThat(Rows.all()).allSatisfy(row -> assertThat(row.what()).isNotBlank());
  }

  @Test
  void withoutAFullRunThereIsNothingToRender(@TempDir Path directory) {
    assertThat(Bench.run(new String[] {"--render", "--results=" + directory})).isEqualTo(1);
    assertThat(err()).hasLineCount(1).contains("run telar bench");
  }

  private String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  private String err() {
    return err.toString(StandardCharsets.UTF_8);
  }
}
