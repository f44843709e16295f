package dev.telar.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PlacementTest {

  @Test
  void aListOfCoresHasRangesAndSingleOnes() {
    assertThat(Placement.parse("0-2,5,7-8")).containsExactly(0, 1, 2, 5, 7, 8);
  }

  @Test
  void anywhereNeedsNoPrefix() {
    assertThat(Placement.ANY.prefix()).hasValueSatisfying(words -> assertThat(words).isEmpty());
  }
}
