package dev.telar.internal.memory;

import dev.telar.internal.system.RuntimeDirectory;
import dev.telar.shared.SharedMemoryException;
import java.io.IOException;
import java.lang.ref.Cleaner;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;

/// Ends an arena of this process: when its owner says so, or when it was forgotten. It refers to
/// nothing that would keep the arena in use.
final class ArenaEnd implements Runnable {
  private static final System.Logger LOG = System.getLogger(ArenaEnd.class.getName());
  private static final Cleaner CLEANER = Cleaner.create(ArenaEnd::thread);

  private static final int ATTEMPTS = 20;

  private final ArenaHeader header;
  private final Path directory;
  private final RuntimeDirectory runtime;
  private final BellLines lines;
  private final Queue<Path> strays = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean done = new AtomicBoolean();

  ArenaEnd(ArenaHeader header, Path directory, RuntimeDirectory runtime, BellLines lines) {
    this.header = header;
    this.directory = directory;
    this.runtime = runtime;
    this.lines = lines;
  }

  /// Has an arena ended when nothing in this process refers to it or to an object in it any more.
  void whenForgotten(SharedArena arena) {
    CLEANER.register(arena, this);
  }

  /// A path for a file that finds no room in the arena's directory; deleted with the arena.
  ///
  /// @throws SharedMemoryException the given one, if there is no other place
  Path elsewhere(String name, SharedMemoryException noRoom) {
    try {
      Path file = runtime.elsewhere().resolve(name);
      strays.add(file);
      return file;
    } catch (IOException nowhere) {
      noRoom.addSuppressed(nowhere);
      throw noRoom;
    }
  }

  /// The arena was forgotten, or was closed and is now collected.
  @Override
  public void run() {
    String origin = header.origin();
    if (end()) {
      LOG.log(
          System.Logger.Level.WARNING,
          "A Shared was never closed and nothing refers to it any more; it is closed now. Opened at"
              + " "
              + origin);
    }
  }

  /// Whether it has ended, or is just about to.
  boolean isOver() {
    return done.get();
  }

  /// Ends it.
  ///
  /// @return false if it has ended already
  boolean end() {
    if (!done.compareAndSet(false, true)) {
      return false;
    }
    header.close();
    FaultPoint.at("arena.closed");
    lines.close();
    try {
      for (Path stray : strays) {
        OverflowFiles.deleteAll(stray);
        Files.deleteIfExists(stray);
      }
      for (int attempt = 0; attempt < ATTEMPTS && !deleteDirectory(); attempt++) {
        Thread.onSpinWait();
      }
    } catch (IOException goesWithTheRuntimeDirectory) {
      // when the last of this program's pools and arenas ends
    }
    runtime.release();
    return true;
  }

  /// @return false if a process that had not heard of the end yet has made a file meanwhile
  private boolean deleteDirectory() throws IOException {
    try (var entries = Files.newDirectoryStream(directory)) {
      for (Path entry : entries) {
        Files.deleteIfExists(entry);
      }
    }
    try {
      Files.deleteIfExists(directory);
      return true;
    } catch (DirectoryNotEmptyException e) {
      return false;
    }
  }

  private static Thread thread(Runnable work) {
    var thread = new Thread(null, work, "telar-cleaner-shared", 0, false);
    thread.setDaemon(true);
    thread.setContextClassLoader(ClassLoader.getSystemClassLoader());
    return thread;
  }
}
