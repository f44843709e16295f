package dev.telar.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// `telar soak`, the real command, for some seconds.
class SoakTest {

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "--minutes, 0, --minutes must be more than 0",
    "--minutes, soon, soon",
    "--workers, 0, --workers must be from 1 to 64",
    "--every, -1, --every must be from 1 to 60000",
    "--sed, 1, unknown option '--sed'"
  })
  void aBadOptionIsOneLineAndExitCode2(String option, String value, String expected)
      throws Exception {
    Command command = Command.start(folder, "soak", option, value);
    assertThat(command.exitCode()).isEqualTo(2);
    assertThat(command.err()).contains(expected).hasLineCount(1);
  }

  @Test
  @Timeout(120)
  void someSecondsOfKilledWorkersPass() throws Exception {
    Command command =
        Command.start(folder, "soak", "--minutes", "0.1", "--every", "900", "-n", "3");
    assertThat(command.exitCode()).as(() -> text(command)).isZero();
    assertThat(command.out()).contains("lost       0", "left       0", "verdict    passed");
  }

  @Test
  @Timeout(120)
  void aKilledProgramLeavesNothing() throws Exception {
    Command command = Command.start(folder, "soak", "--parent", "--minutes", "0.02");
    assertThat(command.exitCode()).as(() -> text(command)).isZero();
    assertThat(command.out())
        .containsPattern("killed     [1-9]\\d* programs")
        .contains("verdict    passed");
  }

  private static String text(Command command) {
    try {
      return command.out() + command.err();
    } catch (java.io.IOException e) {
      return e.toString();
    }
  }
}
