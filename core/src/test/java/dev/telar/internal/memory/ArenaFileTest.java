package dev.telar.internal.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.telar.shared.SharedMemoryException;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArenaFileTest {
  @TempDir Path folder;

  @Test
  void aFileThatIsThereIsNeitherUsedNorDeleted() throws IOException {
    Path file = Files.writeString(folder.resolve("taken"), "somebody else's");
    assertThatThrownBy(() -> ArenaFile.create(file, 100))
        .isInstanceOf(SharedMemoryException.class)
        .hasMessageContaining(folder.toString());
    assertThat(file).hasContent("somebody else's");
  }

  @Test
  void anInterruptIsLeftForLater() throws IOException {
    Path file = folder.resolve("file");
    Thread.currentThread().interrupt();
    MemorySegment made = ArenaFile.create(file, 5000);
    made.set(ValueLayout.JAVA_BYTE, 4999, (byte) 7);
    MemorySegment opened = ArenaFile.open(file, 5000);
    assertThat(Thread.interrupted()).isTrue();
    assertThat(opened.get(ValueLayout.JAVA_BYTE, 4999)).isEqualTo((byte) 7);
  }
}
