package dev.telar.internal.codec;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RoundTripTest {
  private final Codec codec = new Codec();

  @Test
  void basics() throws Exception {
    for (Object each :
        new Object[] {
          1,
          "a",
          "ñ€\uD800",
          5L,
          null,
          true,
          'c',
          1.5,
          new int[] {1, 2},
          new java.math.BigDecimal("1.5"),
          java.util.List.of(1, 2),
          java.util.Optional.of(3),
          new java.util.HashMap<>(java.util.Map.of(1, 2))
        }) {
      assertThat(codec.<Object>roundTrip(each)).isEqualTo(each);
    }
  }
}
