package dev.telar.internal.memory;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class FreeSpaceTest {
  private static final long MIB = 1 << 20;
  private static final Path FILE = Path.of("/dev/shm/never-made");

  @Test
  void aFileInMemoryIsNotLargerThanTheMemoryThatIsLeft() throws IOException {
    assumeTrue(Files.getFileStore(FILE.getParent()).type().equals("tmpfs"));
    assumeTrue(Files.getFileStore(FILE.getParent()).getUsableSpace() > 40 * MIB);
    assertThatThrownBy(() -> FreeSpace.require(FILE, 40 * MIB, () -> 30 * MIB))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("has only 30 MiB of memory left");
    assertThatCode(() -> FreeSpace.require(FILE, 40 * MIB, () -> 41 * MIB))
        .doesNotThrowAnyException();
  }

  @Test
  void whatIsSmallIsFoundOutByWritingIt() {
    assertThatCode(() -> FreeSpace.requireIfLarge(Path.of("/nowhere/file"), MIB))
        .doesNotThrowAnyException();
    assertThatThrownBy(() -> FreeSpace.requireIfLarge(FILE, 1L << 50))
        .hasMessageContaining("No space left");
  }
}
