package dev.telar.shared;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.telar.Pool;
import dev.telar.ProcessPool;
import dev.telar.TaskFuture;
import dev.telar.TaskNotSerializableException;
import dev.telar.WorkerCrashedException;
import dev.telar.testing.DieAt;
import dev.telar.testing.HoldAt;
import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SharedReferenceTest {
  private final Shared shared = Shared.open();

  @AfterEach
  void close() {
    shared.close();
  }

  record Leader(String name, List<Integer> votes) {}

  @Test
  void itHoldsAValueOfAnyTypeThatTravels() throws Exception {
    SharedReference<Leader> leader = shared.reference(new Leader("Ada", List.of(1, 2)));
    try (var pool = Pool.processes(1)) {
      assertThat(pool.submit(() -> leader.get().name()).get(30, SECONDS)).isEqualTo("Ada");
      pool.submit(() -> leader.set(new Leader("Grace", List.of(3)))).get(30, SECONDS);
    }
    assertThat(leader.get()).isEqualTo(new Leader("Grace", List.of(3)));
    assertThat(leader.version()).isEqualTo(2);
  }

  @Test
  void itMayBeNull() {
    SharedReference<String> reference = shared.reference(null);
    assertThat(reference.get()).isNull();
    assertThat(reference.getAndSet("x")).isNull();
    assertThat(reference.getAndSet(null)).isEqualTo("x");
    assertThat(reference.get()).isNull();
  }

  @Test
  void versionsAreComparedNotValues() {
    SharedReference<String> reference = shared.reference("a");
    SharedReference.Versioned<String> first = reference.getVersioned();
    assertThat(first).isEqualTo(new SharedReference.Versioned<>("a", 1));
    assertThat(reference.compareAndSet(1, "a")).isTrue();
    assertThat(reference.compareAndSet(1, "b")).as("same value, another version").isFalse();
    assertThat(reference.compareAndSet(3, "b")).isFalse();
    assertThat(reference.compareAndSet(0, "b")).isFalse();
    assertThat(reference.compareAndSet(2, "b")).isTrue();
    assertThat(reference.updateAndGet(value -> value + "c")).isEqualTo("bc");
    assertThat(reference.accumulateAndGet("d", String::concat)).isEqualTo("bcd");
    assertThat(reference.getVersioned().version()).isEqualTo(5);
  }

  @Test
  void whatIsReadIsACopy() {
    SharedReference<List<Integer>> reference = shared.reference(new ArrayList<>(List.of(1)));
    reference.get().add(2);
    assertThat(reference.get()).containsExactly(1);
  }

  @Test
  void aValueThatIsTooLargeOrCannotTravelIsRefusedAndNothingChanges() {
    SharedReference<Object> reference = shared.reference("a", 100);
    assertThatThrownBy(() -> reference.set("x".repeat(200)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("100")
        .hasMessageContaining("maxBytes");
    assertThatThrownBy(() -> reference.set(Thread.currentThread()))
        .isInstanceOf(TaskNotSerializableException.class);
    assertThatThrownBy(() -> shared.reference("x".repeat(200), 100))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(reference.get()).isEqualTo("a");
    assertThat(reference.version()).isEqualTo(1);
  }

  static final class Unreadable implements Serializable {
    private void readObject(ObjectInputStream in) throws InvalidObjectException {
      throw new InvalidObjectException("never");
    }
  }

  @Test
  void aValueThatCannotBeReadHereSaysSoAndCanBeReplaced() {
    SharedReference<Object> reference = shared.reference(new Unreadable());
    assertThatThrownBy(reference::get)
        .isInstanceOf(UnreadableElementException.class)
        .hasMessageContaining("never");
    reference.set(1);
    assertThat(reference.get()).isEqualTo(1);
  }

  @Test
  void nobodyEverReadsHalfAValueAndNoUpdateIsLost() throws Exception {
    SharedReference<long[]> reference = shared.reference(new long[64]);
    try (var processes = Pool.processes(2);
        var threads = Pool.threads(2)) {
      List<TaskFuture<Long>> writers = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        var pool = i < 2 ? processes : threads;
        writers.add(
            pool.submit(
                () -> {
                  for (int n = 0; n < 2000; n++) {
                    reference.updateAndGet(SharedReferenceTest::next);
                  }
                  return 0L;
                }));
      }
      long reads = 0;
      while (!writers.stream().allMatch(TaskFuture::isDone)) {
        next(reference.get()); // fails if it is torn
        reads++;
      }
      for (TaskFuture<Long> writer : writers) {
        writer.get(60, SECONDS);
      }
      assertThat(reads).isPositive();
    }
    assertThat(reference.get()[0]).isEqualTo(8000);
    assertThat(reference.version()).isEqualTo(8001);
  }

  private static long[] next(long[] all) {
    for (long each : all) {
      if (each != all[0]) {
        throw new AssertionError("torn: " + Arrays.toString(all));
      }
    }
    var next = new long[64 + (int) (all[0] % 10)];
    Arrays.fill(next, all[0] + 1);
    return next;
  }

  @ParameterizedTest
  @Tag("soak") // the kill suite has one round of the same
  @Timeout(180)
  @ValueSource(strings = {"claimed", "filled", "ready"})
  void whoIsKilledWhileItWritesLeavesTheOldValue(String step) throws Exception {
    SharedReference<String> reference = shared.reference("old");
    kill(reference, step, 18); // more often than there are cells
    assertThat(reference.get()).isEqualTo("old");
    assertThat(reference.version()).isEqualTo(1);
    reference.set("new");
    assertThat(reference.get()).isEqualTo("new");
  }

  @ParameterizedTest
  @Tag("soak") // the kill suite has one round of the same
  @Timeout(180)
  @ValueSource(strings = {"published", "freed"})
  void whoIsKilledAfterItHasWrittenLeavesTheNewValue(String step) throws Exception {
    SharedReference<String> reference = shared.reference("old");
    kill(reference, step, 18);
    assertThat(reference.get()).isEqualTo("of a dead one");
    assertThat(reference.version()).isEqualTo(19);
    for (int i = 0; i < 100; i++) {
      reference.set("new");
    }
    assertThat(reference.version()).isEqualTo(119);
  }

  /// It has looked where it may write; then another publishes right there, and dies.
  @Test
  void whoIsHeldUpBeforeItWritesDoesNotWriteWhereTheValueIsNow(@TempDir Path folder)
      throws Exception {
    SharedReference<String> reference = shared.reference("old");
    String[] late = HoldAt.options(folder, "reference.begun", "reference.filled");
    try (ProcessPool pool = ProcessPool.builder().workers(1).jvmArgs(late).build()) {
      TaskFuture<?> writer = pool.submit(() -> reference.set("of one that came late"));
      HoldAt.held(folder).await();
      kill(reference, "published", 1);
      assertThat(reference.getVersioned())
          .isEqualTo(new SharedReference.Versioned<>("of a dead one", 2));
      HoldAt.go(folder).set();
      assertThatThrownBy(() -> writer.get(60, SECONDS))
          .hasCauseInstanceOf(WorkerCrashedException.class);
    }
    assertThat(reference.getVersioned())
        .isEqualTo(new SharedReference.Versioned<>("of a dead one", 2));
    reference.set("new");
    assertThat(reference.getVersioned()).isEqualTo(new SharedReference.Versioned<>("new", 3));
  }

  private static void kill(SharedReference<String> reference, String step, int times)
      throws Exception {
    try (ProcessPool pool =
        ProcessPool.builder().workers(2).jvmArgs(DieAt.options("reference." + step)).build()) {
      var deaths = new ArrayList<TaskFuture<?>>();
      for (int i = 0; i < times; i++) {
        deaths.add(pool.submit(() -> reference.set("of a dead one")));
      }
      for (TaskFuture<?> death : deaths) {
        assertThatThrownBy(() -> death.get(60, SECONDS))
            .hasCauseInstanceOf(WorkerCrashedException.class);
      }
    }
  }
}
