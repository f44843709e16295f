package dev.telar.internal.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.junit.jupiter.api.Test;

class ArenaHeaderTest {
  private static final long NAMESPACE = 504;

  private final MemorySegment segment = Arena.ofAuto().allocate(ArenaHeader.DATA, 64);

  @Test
  void whatWasWrittenIsRead() throws IOException {
    ArenaHeader.create(segment, 7, "here ".repeat(200)).publish(3);

    ArenaHeader read = ArenaHeader.open(segment);
    assertThat(read.id()).isEqualTo(7);
    assertThat(read.creator()).isEqualTo(3);
    assertThat(read.origin()).startsWith("here here");
    assertThat(read.isOpen()).isTrue();
  }

  /// Processes there have ids of their own, so it could not be told who is dead.
  @Test
  void anArenaOfAnotherContainerIsRefused() throws IOException {
    ArenaHeader.create(segment, 7, "here").publish(3);
    long here = segment.get(ValueLayout.JAVA_LONG, NAMESPACE);
    assertThat(here).isNotZero();

    segment.set(ValueLayout.JAVA_LONG, NAMESPACE, here + 1);

    assertThatThrownBy(() -> ArenaHeader.open(segment))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("another container");
    segment.set(ValueLayout.JAVA_LONG, NAMESPACE, 0); // not known
    assertThat(ArenaHeader.open(segment).id()).isEqualTo(7);
  }
}
