package dev.telar.kill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.telar.kill.QueueScenarios.Item;
import dev.telar.shared.Shared;
import dev.telar.shared.SharedLong;
import dev.telar.shared.SharedReference;
import java.util.List;

/// References: a writer that dies leaves the old value, and what it had claimed comes back.
final class ReferenceScenarios {
  static final List<Scenario> ALL =
      List.of(Scenario.of("reference", (shared, _) -> new Replacing(shared)));

  private static final int TIMES = 6;

  private ReferenceScenarios() {}

  /// The victim and another replace the value, a third reads it.
  private static final class Replacing extends Trial {
    private final SharedReference<Item> reference;
    private final SharedLong done;
    private final SharedLong over;

    Replacing(Shared shared) {
      this.reference = shared.reference(Item.of(0, 0), 4096);
      this.done = shared.longValue(0);
      this.over = shared.longValue(0);
    }

    record Replace(SharedReference<Item> reference, SharedLong done) implements Act {
      @Override
      public void run() {
        for (int i = 1; i <= TIMES; i++) {
          replace(reference, Item.of(1, i));
          done.set(i);
        }
      }
    }

    private static void replace(SharedReference<Item> reference, Item item) {
      if (item.number() % 2 == 0) {
        reference.set(item);
        return;
      }
      while (!reference.compareAndSet(reference.getVersioned().version(), item)) {
        Thread.onSpinWait();
      }
    }

    @Override
    Act act() {
      return new Replace(reference, done);
    }

    @Override
    void begin(Survivors survivors) {
      survivors.start(
          "replaces, too",
          () -> {
            survivors.awaitVictim();
            for (int i = 1; i <= TIMES; i++) {
              replace(reference, Item.of(2, i));
            }
            return null;
          });
      survivors.start(
          "reads",
          () -> {
            long version = 0;
            while (over.get() == 0) {
              var read = reference.getVersioned();
              read.value().checked();
              assertThat(read.version()).isGreaterThanOrEqualTo(version);
              version = read.version();
              Thread.yield();
            }
            return null;
          });
    }

    @Override
    void check(Survivors survivors, End end) throws Exception {
      survivors.inTime(
          "replaces more often than there are cells",
          () -> {
            for (int i = 1; i <= 40; i++) {
              replace(reference, Item.of(3, i));
            }
            return null;
          });
      over.set(1);
      survivors.join();
      assertThat(reference.get().checked()).isNotNull();
      assertThat(reference.version() - 1 - 40 - TIMES).isBetween(done.get(), done.get() + 1);
    }
  }
}
