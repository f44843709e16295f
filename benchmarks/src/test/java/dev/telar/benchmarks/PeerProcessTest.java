package dev.telar.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PeerProcessTest {

  @BeforeEach
  void python() {
    assumeTrue(Tool.PYTHON.version().isPresent(), "no python3 on the PATH");
  }

  @ParameterizedTest
  @ValueSource(strings = {"submit", "tasks", "map", "map-singly", "imap-unordered", "start"})
  void aJobSaysHowLongItsFirstCallAndItsRoundsTook(String job) throws Exception {
    try (Contender python = PeerProcess.python(job, 100)) {
      assertThat(python.first()).isPositive();
      assertThat(python.round()).isPositive();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"records", "ints", "doubles", "bytes"})
  void aJobOnDataIsToldTheSizeAndTheCalls(String job) throws Exception {
    try (Contender python = PeerProcess.python(job, 10, 3)) {
      assertThat(python.first()).isPositive();
      assertThat(python.round()).isPositive();
    }
  }

  @Test
  void unevenWorkIsMeasuredByTheProcessorTimeOfTheItems() throws Exception {
    try (Contender python = PeerProcess.python("uneven", 200)) {
      python.first();

      assertThat(python.round()).as("of the ideal schedule").isGreaterThan(0.9);
    }
  }

  @Test
  void aJobThatEndsSaysWhoItWas() throws Exception {
    try (Contender python = PeerProcess.python("no such job", 1)) {
      assertThatThrownBy(python::first)
          .isInstanceOf(IOException.class)
          .hasMessageContaining("peer.py");
    }
  }
}
