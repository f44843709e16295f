package dev.telar.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class CliTest {

  @Test
  void compareMeansItsMainWorkload() {
    assertThat(typed("compare")).containsExactly("compare", "words");
    assertThat(typed("compare", "-n", "4")).containsExactly("compare", "words", "-n", "4");
  }

  @Test
  void theWorkloadMayComeBehindOptions() {
    assertThat(typed("compare", "-n", "4", "words", "text.txt"))
        .containsExactly("compare", "words", "-n", "4", "text.txt");
  }

  @Test
  void aClassOfTheUsersOwnIsAWorkloadToo() {
    assertThat(typed("compare", "--task", "a.B", "words"))
        .containsExactly("compare", "run", "--task", "a.B", "words");
    assertThat(typed("compare", "run", "--task=a.B", "in.txt"))
        .containsExactly("compare", "run", "--task=a.B", "in.txt");
  }

  @Test
  void everythingElseStaysAsItWasTyped() {
    assertThat(typed()).isEmpty();
    assertThat(typed("compare", "--help")).containsExactly("compare", "--help");
    assertThat(typed("compare", "word", "words")).containsExactly("compare", "word", "words");
    assertThat(typed("examples")).containsExactly("examples");
  }

  private static List<String> typed(String... arguments) {
    return Cli.withWorkload(List.of(arguments));
  }
}
