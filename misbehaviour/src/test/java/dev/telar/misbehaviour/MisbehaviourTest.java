package dev.telar.misbehaviour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Every accident, on a pool of two: what the caller gets, how soon, and that the pool computes on
/// as if nothing had happened and leaves nothing running.
class MisbehaviourTest {

  private static final int TIMES = 20;

  @AfterAll
  static void release() {
    Misbehaviour.releaseReaders();
  }

  @ParameterizedTest
  @EnumSource
  @Timeout(120)
  void costsItsCallerOneTaskAndThePoolNothing(Misbehaviour accident) throws Exception {
    if (accident == Misbehaviour.FILL_THE_DISK) {
      try (SmallDisk disk = mountOrSkip()) {
        strike(accident, Map.of("java.io.tmpdir", disk.folder().toString()));
      }
    } else {
      strike(accident, Map.of());
    }
  }

  @ParameterizedTest
  @MethodSource
  @Tag("soak")
  @Timeout(120)
  void doesSoTwentyTimesInARow(Misbehaviour accident) throws Exception {
    costsItsCallerOneTaskAndThePoolNothing(accident);
  }

  static Stream<Misbehaviour> doesSoTwentyTimesInARow() {
    return IntStream.range(0, TIMES).boxed().flatMap(i -> Stream.of(Misbehaviour.values()));
  }

  private static void strike(Misbehaviour accident, Map<String, String> properties)
      throws Exception {
    Expectation expected = Expectation.of(accident);
    try (var pool = new PoolOfTwo(properties)) {
      Object got = pool.suffer(accident, expected);
      assertGot(expected.got(), got);
      pool.computesTheNextThousand();
    }
  }

  private static void assertGot(Expectation.Got expected, @Nullable Object got) {
    if (!expected.error() && expected.type() == Void.class) {
      assertThat(got).isNull();
    } else {
      assertThat(got).isInstanceOf(expected.type());
    }
    if (got instanceof Throwable error) {
      assertThat(String.valueOf(error.getMessage())).contains(expected.saying());
    }
  }

  private static SmallDisk mountOrSkip() throws InterruptedException {
    try {
      return SmallDisk.mount();
    } catch (IOException e) {
      return abort("needs a small disk, and this user cannot mount one: " + e.getMessage());
    }
  }
}
