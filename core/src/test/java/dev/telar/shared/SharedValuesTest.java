package dev.telar.shared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.telar.Pool;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SharedValuesTest {
  private final Shared shared = Shared.open();

  @AfterEach
  void close() {
    shared.close();
  }

  @Test
  void anIntCountsLikeAnAtomicInteger() {
    SharedInt value = shared.intValue(5);

    assertThat(value.getAndAdd(2)).isEqualTo(5);
    assertThat(value.addAndGet(2)).isEqualTo(9);
    assertThat(value.incrementAndGet()).isEqualTo(10);
    assertThat(value.getAndDecrement()).isEqualTo(10);
    assertThat(value.compareAndSet(9, 20)).isTrue();
    assertThat(value.compareAndSet(9, 30)).isFalse();
    assertThat(value.getAndSet(1)).isEqualTo(20);
    assertThat(value.updateAndGet(x -> x * 7)).isEqualTo(7);
    assertThat(value.getAndUpdate(x -> x + 1)).isEqualTo(7);
    assertThat(value.accumulateAndGet(5, Math::max)).isEqualTo(8);
    value.set(Integer.MAX_VALUE);
    assertThat(value.incrementAndGet()).isEqualTo(Integer.MIN_VALUE);
  }

  @Test
  void aDoubleIsComparedBitByBit() {
    SharedDouble value = shared.doubleValue(1.5);

    assertThat(value.getAndAdd(2)).isEqualTo(1.5);
    assertThat(value.addAndGet(0.5)).isEqualTo(4);
    assertThat(value.compareAndSet(4, 0.0)).isTrue();
    assertThat(value.compareAndSet(-0.0, 1)).isFalse();
    assertThat(value.getAndSet(Double.NaN)).isZero();
    assertThat(value.compareAndSet(Double.NaN, 3)).isTrue();
    assertThat(value.updateAndGet(x -> x * 2)).isEqualTo(6);
    assertThat(value.accumulateAndGet(9, Math::max)).isEqualTo(9);
  }

  @Test
  void aBooleanIsSetByOneOnly() throws Exception {
    SharedBoolean value = shared.booleanValue(true);

    assertThat(value.get()).isTrue();
    assertThat(value.getAndSet(false)).isTrue();
    assertThat(value.compareAndSet(true, false)).isFalse();
    try (var pool = Pool.processes(2)) {
      List<Boolean> first =
          pool.map(n -> value.compareAndSet(false, true), Collections.nCopies(100, 0));
      assertThat(first).containsOnlyOnce(true);
    }
    assertThat(value.get()).isTrue();
  }

  @Test
  void workersThreadsAndTheParentCountTogether() throws Exception {
    SharedInt ints = shared.intValue(0);
    SharedDouble doubles = shared.doubleValue(0);
    try (var processes = Pool.processes(2);
        var threads = Pool.threads(2)) {
      var counting =
          List.of(
              processes.submit(() -> count(ints, doubles, 20_000)),
              processes.submit(() -> count(ints, doubles, 20_000)),
              threads.submit(() -> count(ints, doubles, 20_000)));
      count(ints, doubles, 20_000);
      for (var each : counting) {
        each.get();
      }
    }
    assertThat(ints.get()).isEqualTo(80_000);
    assertThat(doubles.get()).isEqualTo(40_000);
  }

  private static int count(SharedInt ints, SharedDouble doubles, int times) {
    for (int i = 0; i < times; i++) {
      ints.incrementAndGet();
      doubles.addAndGet(0.5);
    }
    return 0;
  }

  @Test
  void valuesOfOneSharedDoNotOverlap() {
    List<SharedBoolean> many =
        IntStream.range(0, 100).mapToObj(i -> shared.booleanValue(false)).toList();
    many.get(50).set(true);
    assertThat(many.stream().filter(SharedBoolean::get)).containsExactly(many.get(50));
  }

  @Test
  void afterTheEndEveryUseSaysSo() {
    List<Runnable> uses =
        List.of(
            shared.intValue(1)::get,
            shared.doubleValue(1)::get,
            shared.booleanValue(true)::get,
            shared.reference("x")::get,
            shared.reference("x")::version);
    shared.close();
    for (Runnable use : uses) {
      assertThatThrownBy(use::run)
          .isInstanceOf(SharedClosedException.class)
          .hasMessageContaining("SharedValuesTest.java");
    }
  }
}
