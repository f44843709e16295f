package dev.telar.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class VersionTest {

  @Test
  void namesTheBuildAndTheJavaThatRunsIt() {
    assertThat(new Version().getVersion())
        .hasSize(2)
        .endsWith("JDK: " + System.getProperty("java.home"))
        .first()
        .asString()
        .matches("telar \\d+\\.\\d+\\.\\d+\\S* \\(Java 2[5-9].*\\)");
  }
}
