package dev.telar.kill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.telar.internal.memory.SharedArena;
import dev.telar.internal.system.RuntimeDirectory;
import dev.telar.shared.Shared;
import dev.telar.shared.SharedClosedException;
import dev.telar.shared.SharedLong;
import dev.telar.testing.Handles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// The memory itself: the victim joins, or made it.
final class ArenaScenarios {
  static final List<Scenario> ALL =
      List.of(
          Scenario.alone("arena-join", (shared, _) -> new Joining(shared)),
          Scenario.alone("arena-creator", (_, _) -> new Creating()));

  private ArenaScenarios() {}

  /// The victim attaches an object, and that is all.
  private static final class Joining extends Trial {
    private final SharedLong value;

    Joining(Shared shared) {
      value = shared.longValue(1);
    }

    record Attach(SharedLong value) implements Act {
      @Override
      public void run() {
        assertThat(value.incrementAndGet()).isEqualTo(2);
      }
    }

    @Override
    Act act() {
      return new Attach(value);
    }

    @Override
    void check(Survivors survivors, End end) {
      assertThat(value.get()).isEqualTo(end.completed() ? 2 : 1);
    }
  }

  /// The victim is the creator: all ends with it, and the next program removes what it left.
  private static final class Creating extends Trial {
    private final Path file = fresh();

    record Create(String file) implements Act {
      @Override
      public void run() throws Exception {
        Path path = Path.of(file);
        try (Shared shared = Shared.open()) {
          SharedLong value = shared.longValue(7);
          Files.writeString(
              path.resolveSibling(path.getFileName() + "-half"), Handles.write(value));
          Files.move(path.resolveSibling(path.getFileName() + "-half"), path);
          for (int i = 0; i < 3; i++) {
            shared.longValue(i);
          }
        }
        Files.deleteIfExists(path);
        SharedArena arena = SharedArena.create("the victim");
        arena.allocateFile(100_000);
        arena.close();
      }
    }

    @Override
    Act act() {
      return new Create(file.toString());
    }

    /// A creator that is stopped is no dead one.
    @Override
    void whileItStands(End end) throws Exception {
      if (Files.exists(file) && end.times("arena.closed") == 0) {
        SharedLong value = Handles.read(Files.readString(file));
        assertThat(value.get()).isEqualTo(7);
      }
    }

    @Override
    void check(Survivors survivors, End end) throws Exception {
      if (!end.completed() && Files.exists(file)) {
        String handle = Files.readString(file);
        assertThatThrownBy(
                () -> survivors.inTime("attaches", () -> Handles.<SharedLong>read(handle)))
            .isInstanceOf(SharedClosedException.class);
      }
      Files.deleteIfExists(file);
      Files.deleteIfExists(file.resolveSibling(file.getFileName() + "-half"));
      await()
          .atMost(Duration.ofSeconds(10))
          .untilAsserted(
              () -> {
                directoriesOf(end.pid()).forEach(RuntimeDirectory::sweepAfter);
                assertThat(directoriesOf(end.pid())).isEmpty();
              });
    }

    private static Path fresh() {
      try {
        Path path = Files.createTempFile("kill", ".handle");
        Files.delete(path);
        return path;
      } catch (IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
    }
  }

  /// Runtime directories of a process: folders `p<pid>-…` in those of Telar's.
  static List<Path> directoriesOf(long pid) {
    var found = new ArrayList<Path>();
    Stream.of("/dev/shm", System.getenv("XDG_RUNTIME_DIR"), System.getProperty("java.io.tmpdir"))
        .filter(base -> base != null && Files.isDirectory(Path.of(base)))
        .flatMap(base -> list(Path.of(base), "*telar*"))
        .flatMap(telar -> list(telar, "p" + pid + "-*"))
        .forEach(found::add);
    return found;
  }

  private static Stream<Path> list(Path folder, String pattern) {
    var entries = new ArrayList<Path>();
    try (var stream = Files.newDirectoryStream(folder, pattern)) {
      stream.forEach(entries::add);
    } catch (IOException notThere) {
      // or gone in between
    }
    return entries.stream();
  }
}
