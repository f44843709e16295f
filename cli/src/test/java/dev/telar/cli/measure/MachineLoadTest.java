package dev.telar.cli.measure;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MachineLoadTest {

  @Test
  void aBusyMachineIsWarnedOf() {
    assertThat(MachineLoad.warning("5.32 8.60 7.97 9/600 123\n", 2))
        .isEqualTo(
            "This machine is busy (load 5.3 on 2 processors): measure again before you decide.");
    assertThat(MachineLoad.warning("2.10 8.60 7.97 9/600 123\n", 2)).isEmpty();
  }
}
