package dev.telar.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class VersionTest {

  @Test
  void namesTheBuildAndTheJavaThatRunsIt() {
    assertThat(String.join("\n", new Version().getVersion()))
        .matches("telar \\d+\\.\\d+\\.\\d+\\S* \\(Java 2[5-9].*\\)\nJDK: .+")
        .endsWith(System.getProperty("java.home"));
  }
}
