package dev.telar.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.jr.ob.JSON;

/// The jobs on their own, through the real `main`.
class JobsTest {

  @TempDir Path folder;

  record Mistake(String typed, String told) {}

  static Stream<Mistake> mistakes() {
    return Stream.of(
        new Mistake(
            "fetch example.com",
            "not a URL: 'example.com'; it has to begin with http:// or https://"),
        new Mistake("compare fetch http:///x", "not a URL: 'http:///x'"),
        new Mistake("fetch @FOLDER/nowhere", "cannot read FOLDER/nowhere: no such file"),
        new Mistake("fetch --per-host -1", "--per-host must be 0 or more, not -1"),
        new Mistake("fetch --timeout NaN", "--timeout must be between 0.001 and 86400 seconds"),
        new Mistake("factorial 5 -1", "N must be a whole number between 0 and 1000000, not -1"),
        new Mistake("factorial five", "N must be a whole number between 0 and 1000000, not five"),
        new Mistake("primes 1", "LIMIT must be a whole number between 2 and 1000000000, not 1"),
        new Mistake(
            "compare serial 0", "STEPS must be a whole number between 1 and 1000000, not 0"),
        new Mistake("words -n 0", "-n must be between 1 and 1000, not 0; see 'telar words --help'"),
        new Mistake("words FOLDER/nowhere", "no such file or folder: FOLDER/nowhere;"),
        new Mistake("primes --json --csv", "--json and --csv exclude each other; see"),
        new Mistake("sleep --on fibers", "invalid value for option '--on': 'fibers'"),
        new Mistake("run in.txt", "missing required option"),
        new Mistake("run --task a.B", "missing required parameter: 'INPUT'"));
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void everyMistakeIsOneLineAndCode2(Mistake mistake) throws Exception {
    Command command =
        Command.start(folder, mistake.typed().replace("FOLDER", folder.toString()).split(" "));
    assertThat(command.exitCode()).as(command.err()).isEqualTo(2);
    assertThat(command.err())
        .startsWith("telar: " + mistake.told().replace("FOLDER", folder.toString()))
        .hasLineCount(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"sequential", "threads", "virtual", "processes"})
  void wordsGivesItsCountsOnEveryEngine(String mode) throws Exception {
    Path text = Files.writeString(folder.resolve("text"), "to be or not to be, to, \"be\" be");
    Command command =
        Command.start(folder, "words", text.toString(), "--csv", "-n=2", "--on=" + mode);
    assertThat(command.exitCode()).as(command.err()).isZero();
    assertThat(command.out()).isEqualTo("word,count\r\nbe,4\r\nto,3\r\nnot,1\r\nor,1\r\n");
  }

  @Test
  void fetchSavesPagesAndTellsOfEach() throws Exception {
    Path out = folder.resolve("pages");
    Command command = Command.start(folder, "fetch", "--out", out.toString(), "--json");
    assertThat(command.exitCode()).as(command.err()).isZero();
    Map<String, Object> json = JSON.std.mapFrom(command.out());
    assertThat(json).containsEntry("on", "virtual").containsKey("seconds");
    List<?> rows = (List<?>) json.get("rows");
    assertThat(rows).hasSize(200);
    for (Object row : rows) {
      var page = (Map<?, ?>) row;
      assertThat(Files.size(Path.of((String) page.get("file"))))
          .isEqualTo(((Number) page.get("bytes")).longValue());
    }
    try (var files = Files.list(out)) {
      assertThat(files).hasSize(200);
    }
  }

  @Test
  void pagesThatFailAreListedWithCode1() throws Exception {
    Command command = Command.start(folder, "fetch", "http://127.0.0.1:1/", "--retries=0");
    assertThat(command.exitCode()).isEqualTo(1);
    assertThat(command.out()).contains("0 pages, 0 bytes; 1 failed.");
    assertThat(command.err()).startsWith("telar: failed: http://127.0.0.1:1/: ").hasLineCount(1);
  }

  @Test
  void aComparisonOfWaitingShowsWhatVirtualThreadsAreFor() throws Exception {
    Command command =
        Command.start(
            folder, "compare", "sleep", "30", "--repeat=1", "--on=sequential,virtual", "--json");
    assertThat(command.exitCode()).as(command.err()).isZero();
    Map<String, Object> json = JSON.std.mapFrom(command.out());
    var virtual = (Map<?, ?>) ((List<?>) json.get("modes")).get(1);
    assertThat(((Number) virtual.get("speedUp")).doubleValue()).isGreaterThan(5);
    assertThat((String) json.get("lesson")).contains("needs no processor");
  }
}
