package dev.telar.internal.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.telar.shared.SharedClosedException;
import dev.telar.shared.SharedMemoryException;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Handles that lead to what is not ours, of another version, truncated, or elsewhere.
class RefusalsTest {
  private static final long VERSION = 8;

  @TempDir Path folder;

  private final SharedArena arena = SharedArena.create("a test");

  @AfterEach
  void close() {
    arena.close();
  }

  /// A file of an arena that no process has, as another program would have left or forged it.
  private MemorySegment forge() {
    MemorySegment file = ArenaFile.create(folder.resolve("arena"), ArenaHeader.DATA + 64);
    ArenaHeader.create(file, 7, "a forger").publish(1);
    return file;
  }

  private BlockHandle handle(String file, long offset, long size) {
    return new BlockHandle(folder.toString(), 7, file, offset, size);
  }

  private static void assertRefused(BlockHandle handle, String reason) {
    assertThatThrownBy(() -> SharedArena.attach(handle))
        .isInstanceOf(SharedMemoryException.class)
        .hasMessageContaining("cannot attach")
        .satisfies(
            e -> assertThat(e.getMessage() + " " + e.getCause().getMessage()).contains(reason));
  }

  @Test
  void whatIsNoArenaIsRefused() throws IOException {
    Files.write(folder.resolve("arena"), new byte[(int) ArenaHeader.DATA]);
    assertRefused(handle("arena", ArenaHeader.DATA, 0), "not an arena of Telar's");
  }

  @Test
  void anArenaOfAnotherVersionIsRefused() {
    MemorySegment file = forge();
    file.set(ValueLayout.JAVA_INT, VERSION, 2);
    assertRefused(handle("arena", ArenaHeader.DATA, 8), "version 2, and this Telar knows version");
  }

  @Test
  void aTruncatedArenaIsRefused() throws IOException {
    Files.write(folder.resolve("arena"), new byte[1000]);
    assertRefused(handle("arena", ArenaHeader.DATA, 8), "truncated: 1000 bytes of at least");
  }

  @Test
  void anArenaThatIsAFolderOrALinkIsRefused() throws IOException {
    Files.createDirectory(folder.resolve("arena"));
    assertRefused(handle("arena", ArenaHeader.DATA, 8), "is not a regular file");
    Files.delete(folder.resolve("arena"));
    Path target = Files.write(folder.resolve("target"), new byte[(int) ArenaHeader.DATA]);
    Files.createSymbolicLink(folder.resolve("arena"), target);
    assertRefused(handle("arena", ArenaHeader.DATA, 8), "is not a regular file");
  }

  @Test
  void anotherArenaInTheSamePlaceIsNotTakenForTheOneThatWasMeant() {
    forge();
    var other = new BlockHandle(folder.toString(), 8, "arena", ArenaHeader.DATA, 8);
    assertThatThrownBy(() -> SharedArena.attach(other)).isInstanceOf(SharedClosedException.class);
  }

  private BlockHandle ours(String file, long offset, long size) {
    BlockHandle known = arena.allocate(8).handle();
    return new BlockHandle(known.directory(), known.arena(), file, offset, size);
  }

  @Test
  void aHandleThatLeadsOutOfTheArenaIsRefused() throws IOException {
    Path secret = Files.write(folder.resolve("lf1"), new byte[100]);
    Path back = arena.directory().relativize(secret);
    for (String name : new String[] {back.toString(), "../a1/lf1", "./lf1", "..", "passwd"}) {
      assertRefused(ours(name, 0, 8), "is no name of a file of shared memory");
    }
    assertRefused(ours(folder.resolve("secret").toString(), 0, 8), "is no name of a file");
  }

  @Test
  void aBlockThatIsNotInItsFileIsRefused() {
    long size = 256 << 10;
    for (long[] wrong :
        new long[][] {{size - 8, 9}, {size + 1, 0}, {-8, 16}, {64, -1}, {8, Long.MAX_VALUE}}) {
      assertRefused(ours("arena", wrong[0], wrong[1]), "truncated");
    }
  }

  @Test
  void aFileThatWasShortenedIsRefusedBeforeAnybodyTouchesIt() throws IOException {
    BlockHandle large = arena.allocateFile(1 << 20).handle();
    Path file = arena.directory().resolve("lf900");
    Files.write(file, new byte[5000]);
    var shortened = new BlockHandle(large.directory(), large.arena(), "lf900", 0, large.size());
    assertRefused(shortened, "truncated");
    Files.delete(file);
  }
}
