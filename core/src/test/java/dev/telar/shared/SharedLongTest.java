package dev.telar.shared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.telar.Pool;
import dev.telar.testing.Handles;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SharedLongTest {

  @Test
  void itCountsLikeAnAtomicLong() {
    try (var shared = Shared.open()) {
      SharedLong value = shared.longValue(5);

      assertThat(value.getAndAdd(2)).isEqualTo(5);
      assertThat(value.addAndGet(2)).isEqualTo(9);
      assertThat(value.incrementAndGet()).isEqualTo(10);
      assertThat(value.getAndDecrement()).isEqualTo(10);
      assertThat(value.compareAndSet(9, 20)).isTrue();
      assertThat(value.compareAndSet(9, 30)).isFalse();
      assertThat(value.getAndSet(1)).isEqualTo(20);
      assertThat(value.updateAndGet(x -> x * 7)).isEqualTo(7);
      assertThat(value.accumulateAndGet(5, Math::max)).isEqualTo(7);
      value.set(-1);
      assertThat(value.get()).isEqualTo(-1);
    }
  }

  @Test
  void workersAndTheParentCountTogether() {
    try (var shared = Shared.open();
        var pool = Pool.processes(2)) {
      SharedLong value = shared.longValue(0);

      pool.map(
          n -> {
            for (int i = 0; i < n; i++) {
              value.incrementAndGet();
            }
            return 0;
          },
          Collections.nCopies(40, 1000));

      assertThat(value.get()).isEqualTo(40_000);
    }
  }

  @Test
  void aWorkerPassesItOnToAnotherWorkerThroughTheParent() throws Exception {
    try (var shared = Shared.open();
        var first = Pool.processes(1);
        var second = Pool.processes(1)) {
      List<SharedLong> many = IntStream.range(0, 3).mapToObj(shared::longValue).toList();
      SharedLong value = many.get(2);

      SharedLong back = first.submit(() -> value).get();
      long seen = second.submit(() -> back.addAndGet(40)).get();

      assertThat(back).isSameAs(value);
      assertThat(seen).isEqualTo(42);
      assertThat(value.get()).isEqualTo(42);
    }
  }

  @Test
  void itTravelsByPlainSerializationToo() {
    try (var shared = Shared.open()) {
      SharedLong value = shared.longValue(3);

      assertThat(Handles.<SharedLong>read(Handles.write(value))).isSameAs(value);
    }
  }

  @Test
  void manyObjectsFitIntoOneShared() {
    try (var shared = Shared.open();
        var pool = Pool.processes(1)) {
      List<SharedLong> many = IntStream.range(0, 20_000).mapToObj(shared::longValue).toList();

      long sum = pool.map(SharedLong::get, many).stream().mapToLong(x -> x).sum();

      assertThat(sum).isEqualTo(20_000L * 19_999 / 2);
    }
  }

  @Test
  void afterTheEndEveryUseSaysSo() throws Exception {
    try (var pool = Pool.processes(1)) {
      Shared shared = Shared.open();
      SharedLong value = shared.longValue(1);
      String handle = Handles.write(value);
      pool.submit(value::get).get();

      shared.close();

      assertThat(value.isOpen()).isFalse();
      assertThatThrownBy(value::get)
          .isInstanceOf(SharedClosedException.class)
          .hasMessageContaining("SharedLong")
          .hasMessageContaining("SharedLongTest.java");
      assertThatThrownBy(() -> shared.longValue(1)).isInstanceOf(SharedClosedException.class);
      assertThatThrownBy(() -> Handles.read(handle)).isInstanceOf(SharedClosedException.class);
      assertThatThrownBy(() -> pool.submit(() -> Handles.<SharedLong>read(handle).get()).get())
          .hasRootCauseInstanceOf(SharedClosedException.class);
      assertThatThrownBy(() -> pool.submit(value::get).get())
          .hasStackTraceContaining("SharedLong is closed");
    }
  }
}
