package dev.telar.kill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.telar.shared.SharedMemory;
import dev.telar.shared.SharedMemoryException;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/// Memory by name: it is there whole, or not at all.
final class MemoryScenarios {
  static final List<Scenario> ALL =
      List.of(Scenario.of("memory-by-name", (_, _) -> new Creating()));

  private static final AtomicInteger NUMBERS = new AtomicInteger();

  private MemoryScenarios() {}

  private static final class Creating extends Trial {
    private static final int SIZE = 100_000;

    private final String name =
        "kill-%d-%d".formatted(ProcessHandle.current().pid(), NUMBERS.incrementAndGet());

    record Create(String name) implements Act {
      @Override
      public void run() {
        try (SharedMemory memory = SharedMemory.create(name, SIZE)) {
          memory.asSegment().set(ValueLayout.JAVA_BYTE, SIZE - 1, (byte) 7);
        }
      }
    }

    @Override
    Act act() {
      return new Create(name);
    }

    @Override
    void check(Survivors survivors, End end) {
      boolean made = false;
      try (SharedMemory memory = SharedMemory.attach(name)) {
        made = true;
        assertThat(memory.size()).isEqualTo(SIZE);
        if (end.completed()) {
          assertThat(memory.asSegment().get(ValueLayout.JAVA_BYTE, SIZE - 1)).isEqualTo((byte) 7);
        }
      } catch (SharedMemoryException notThere) {
        assertThat(end.completed()).isFalse();
      }
      assertThat(SharedMemory.unlink(name)).isEqualTo(made);
      try (SharedMemory again = SharedMemory.create(name, 8)) {
        assertThat(again.size()).isEqualTo(8);
      } finally {
        SharedMemory.unlink(name);
      }
    }
  }
}
