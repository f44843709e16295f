package dev.telar.internal.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.WeakReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BlockTest {
  private final SharedArena arena = SharedArena.create("a test");

  @AfterEach
  void close() {
    arena.close();
  }

  private static void collect() {
    var garbage = new WeakReference<>(new Object());
    Awaitility.await()
        .until(
            () -> {
              System.gc();
              return garbage.refersTo(null);
            });
  }

  /// Threads are parked by address: at another one they would be woken late.
  @Test
  void aFileIsMappedOnceForAsLongAsABlockOfItIsInUse() {
    Block block = arena.allocateFile(1 << 20);
    Block part = block.part(4096, 64);
    BlockHandle handle = block.handle();
    long address = block.segment().address();
    collect();
    assertThat(SharedArena.attach(handle).segment().address()).isEqualTo(address);
    block = null;
    collect();
    assertThat(SharedArena.attach(handle).segment().address()).isEqualTo(address);
    assertThat(part.getLong(0)).isZero();
  }
}
