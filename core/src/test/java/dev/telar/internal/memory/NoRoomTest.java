package dev.telar.internal.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.telar.Pool;
import dev.telar.shared.Connection;
import dev.telar.shared.Pipe;
import dev.telar.shared.Shared;
import dev.telar.shared.SharedMemoryException;
import dev.telar.shared.SharedQueue;
import dev.telar.testing.JavaProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
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
      Block last = block;
      for (int i = 0; i < 30; i++) {
        last = arena.allocate(200 << 10);
        last.setLong((200 << 10) - 8, i);
      }
      System.out.println(last.handle().file());
      System.out.println(SharedArena.attach(last.handle()).getLong((200 << 10) - 8));
      arena.close();
    }
  }

  @Test
  void aSmallFileSystemHoldsWhatFitsAndAnotherOneTheRest(@TempDir Path small) throws Exception {
    assumeTrue(run("mount", "-t", "tmpfs", "-o", "size=4m,mode=700", "none", small.toString()));
    try (var program =
        JavaProgram.start(List.of(), List.of("XDG_RUNTIME_DIR=" + small), Program.class)) {
      JavaProgram.Outcome outcome = program.await();
      List<String> lines = outcome.out().lines().toList();
      assertThat(lines).as(outcome.err()).hasSize(5);
      assertThat(lines.get(0)).startsWith(small.toString());
      assertThat(lines.get(1)).startsWith("/").doesNotStartWith(small.toString());
      assertThat(Path.of(lines.get(1))).doesNotExist();
      assertThat(lines.get(2)).isEqualTo("7");
      assertThat(lines.get(3)).startsWith("/").doesNotStartWith(small.toString());
      assertThat(Path.of(lines.get(3))).doesNotExist();
      assertThat(lines.get(4)).isEqualTo("29");
      assertThat(outcome.err()).contains("8 MiB of shared memory are in", "1 MiB of shared memory");
      assertThat(small).isEmptyDirectory();
    } finally {
      run("umount", small.toString());
    }
  }

  /// Sends long elements through a queue and a pipe for which there was no room in the first place.
  public static final class LongElements {
    public static void main(String[] args) throws Exception {
      try (var shared = Shared.open();
          var pool = Pool.processes(1)) {
        pool.submit(() -> {}).get(30, TimeUnit.SECONDS);
        Path filler = fill(Path.of(System.getenv("XDG_RUNTIME_DIR"), "filler"));
        SharedQueue<byte[]> queue = shared.queue(10, 4 << 20);
        Pipe<byte[], byte[]> pipe = shared.pipe();
        Connection<byte[], byte[]> there = pipe.second();
        var task =
            pool.submit(
                () -> {
                  queue.put(queue.take());
                  there.send(there.receive());
                });
        queue.put(filled(3 << 20, 1));
        pipe.first().send(filled(2 << 20, 2));
        task.get(30, TimeUnit.SECONDS);
        System.out.println(Arrays.equals(queue.take(), filled(3 << 20, 1)));
        System.out.println(Arrays.equals(pipe.first().receive(), filled(2 << 20, 2)));
        queue.put(filled(3 << 20, 3)); // and leaves it there
        Files.delete(filler);
      }
    }

    private static Path fill(Path file) throws IOException {
      try (var out = Files.newOutputStream(file)) {
        while (true) {
          out.write(new byte[4096]);
        }
      } catch (IOException full) {
        return file;
      }
    }

    private static byte[] filled(int length, int value) {
      byte[] bytes = new byte[length];
      Arrays.fill(bytes, (byte) value);
      return bytes;
    }
  }

  @Test
  void aQueueAndAPipeThatAreElsewhereCarryLongElements(@TempDir Path small) throws Exception {
    assumeTrue(run("mount", "-t", "tmpfs", "-o", "size=4m,mode=700", "none", small.toString()));
    try (var program =
        JavaProgram.start(List.of(), List.of("XDG_RUNTIME_DIR=" + small), LongElements.class)) {
      JavaProgram.Outcome outcome = program.await();
      assertThat(outcome.out().lines()).as(outcome.err()).containsExactly("true", "true");
      assertThat(outcome.err()).contains("4 MiB of shared memory are in");
      assertThat(outcome.err()).contains("KiB of shared memory are in");
      assertThat(small).isEmptyDirectory();
    } finally {
      run("umount", small.toString());
    }
  }

  /// Opens a Shared, and says where it is, or why not.
  public static final class Opener {
    public static void main(String[] args) {
      try {
        SharedArena arena = SharedArena.create("a test");
        System.out.println(arena.directory());
        System.out.println(SharedArena.attach(arena.allocate(8).handle()).getLong(0));
        arena.close();
      } catch (SharedMemoryException e) {
        System.out.println(e.getMessage());
      }
    }
  }

  @Test
  void aFullFileSystemDoesNotKeepASharedFromBeingOpened(@TempDir Path full) throws Exception {
    assumeTrue(run("mount", "-t", "tmpfs", "-o", "size=64k,mode=700", "none", full.toString()));
    try (var program =
        JavaProgram.start(List.of(), List.of("XDG_RUNTIME_DIR=" + full), Opener.class)) {
      JavaProgram.Outcome outcome = program.await();
      List<String> lines = outcome.out().lines().toList();
      assertThat(lines).as(outcome.err()).hasSize(2);
      assertThat(lines.get(0)).startsWith("/").doesNotStartWith(full.toString());
      assertThat(Path.of(lines.get(0))).doesNotExist();
      assertThat(lines.get(1)).isEqualTo("0");
      assertThat(outcome.err()).contains("since there is no room in " + full);
      assertThat(full).isEmptyDirectory();
    } finally {
      run("umount", full.toString());
    }
  }

  private static String mount(String folder) {
    return "mount -t tmpfs -o ro,mode=1777 none " + folder;
  }

  @Test
  void aReadOnlyPlaceIsPassedOver() throws Exception {
    assumeTrue(run("unshare", "-m", "true"));
    try (var program =
        JavaProgram.inShell("unset XDG_RUNTIME_DIR; " + mount("/dev/shm"), Opener.class)) {
      JavaProgram.Outcome outcome = program.await();
      assertThat(outcome.out().lines()).as(outcome.err()).hasSize(2).last().isEqualTo("0");
      assertThat(outcome.out()).startsWith("/tmp/");
    }
  }

  @Test
  void whereThereIsNoPlaceAtAllTheErrorSaysWhereItWasLookedFor() throws Exception {
    assumeTrue(run("unshare", "-m", "true"));
    try (var program =
        JavaProgram.inShell(
            "unset XDG_RUNTIME_DIR; "
                + mount("/dev/shm")
                + "; mount --bind /tmp /tmp; mount -o remount,ro,bind /tmp", // what is there stays
            Opener.class)) {
      JavaProgram.Outcome outcome = program.await();
      assertThat(outcome.out())
          .as(outcome.err())
          .contains("there is no place for shared memory")
          .contains("/dev/shm is not a writable directory", "/tmp is not a writable directory")
          .contains("XDG_RUNTIME_DIR");
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
