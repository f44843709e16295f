package dev.telar.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class VersionTest {

  @Test
  void namesTheBuildAndTheJavaThatRunsIt() {
    assertThat(new Version().getVersion())
        .singleElement()
        .asString()
        .matches("telar \\d+\\.\\d+\\.\\d+\\S* \\(Java 2[5-9].*\\)");
  }
}
