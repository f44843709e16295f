package dev.telar.internal.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.telar.shared.SharedMemoryException;
import dev.telar.testing.JavaProgram;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NoRoomTest {

  @Test
  void whatFitsNowhereIsRefusedWithAllOneNeedsToKnow() {
    SharedArena arena = SharedArena.create("a test");
    try {
      assertThatThrownBy(() -> arena.allocateFile(1L << 50))
          .isInstanceOf(SharedMemoryException.class)
          .hasMessageContaining("1048576 GiB")
          .hasMessageContaining("are free")
          .hasMessageContaining("No space left");
      assertThat(arena.allocate(64).getLong(0)).isZero();
    } finally {
      arena.close();
    }
  }

  /// Allocates more than the file system has that it is told to use.
  public static final class Program {
    public static void main(String[] args) {
      SharedArena arena = SharedArena.create("a test");
      Block block = arena.allocateFile(8 << 20);
      block.setLong((8 << 20) - 8, 7);
      System.out.println(arena.directory());
      System.out.println(block.handle().file());
      System.out.println(SharedArena.attach(block.handle()).getLong((8 << 20) - 8));
      try {
        for (int i = 0; i < 100; i++) {
          arena.allocate(200 << 10);
        }
      } catch (SharedMemoryException e) {
        System.out.println(e.getMessage());
      }
      arena.close();
    }
  }

  @Test
  void aSmallFileSystemHoldsTheSmallThingsAndTheTempFolderTheLarge(@TempDir Path small)
      throws Exception {
    assumeTrue(run("mount", "-t", "tmpfs", "-o", "size=4m,mode=700", "none", small.toString()));
    try (var program =
        JavaProgram.start(List.of(), List.of("XDG_RUNTIME_DIR=" + small), Program.class)) {
      JavaProgram.Outcome outcome = program.await();
      List<String> lines = outcome.out().lines().toList();
      assertThat(lines).as(outcome.err()).hasSize(4);
      assertThat(lines.get(0)).startsWith(small.toString());
      assertThat(lines.get(1)).startsWith("/").doesNotStartWith(small.toString());
      assertThat(Path.of(lines.get(1))).doesNotExist();
      assertThat(lines.get(2)).isEqualTo("7");
      assertThat(lines.get(3)).contains("cannot make 1 MiB of shared memory", "(tmpfs)");
      assertThat(outcome.err()).contains("8 MiB of shared memory are in");
      assertThat(small).isEmptyDirectory();
    } finally {
      run("umount", small.toString());
    }
  }

  private static boolean run(String... command) throws InterruptedException {
    try {
      return new ProcessBuilder(command).start().waitFor() == 0;
    } catch (IOException notThere) {
      return false;
    }
  }
}
