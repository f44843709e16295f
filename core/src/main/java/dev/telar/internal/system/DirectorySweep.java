package dev.telar.internal.system;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Removes what programs of this user left behind that were killed together with their children's
/// means to notice: runtime directories whose lock nobody holds, and processes that carry their
/// cookie.
///
/// It runs in the background when a program takes its first runtime directory, and neither delays
/// nor fails that program. Two sweeps at once exclude each other by the very lock they test.
final class DirectorySweep {
  /// A directory without its lock file may be one that is just being made.
  private static final Duration BEING_MADE = Duration.ofMinutes(1);

  private static volatile @Nullable Thread running;

  private DirectorySweep() {}

  static synchronized void startInBackground() {
    Thread before = running;
    if (before != null && before.isAlive()) {
      return;
    }
    Thread thread = new Thread(() -> sweep(RuntimeBase.candidates()), "telar-sweep");
    thread.setDaemon(true);
    thread.setContextClassLoader(null);
    try {
      thread.start();
      running = thread;
    } catch (OutOfMemoryError noMoreThreads) {
      // the next program will sweep
    }
  }

  static void await() throws InterruptedException {
    Thread thread = running;
    if (thread != null) {
      thread.join();
    }
  }

  static void sweep(List<RuntimeBase> bases) {
    // Never one of our own, whichever class loader made it: opening its lock file would free it.
    String own = "p" + ProcessHandle.current().pid() + "-";
    for (RuntimeBase base : bases) {
      for (Path userDirectory : base.userDirectories()) {
        for (Path directory : list(userDirectory)) {
          String name = directory.getFileName().toString();
          if (name.matches("p[0-9]+-[0-9a-f]+") && !name.startsWith(own)) {
            sweepOne(userDirectory, directory);
          }
        }
        deleteIfEmpty(userDirectory);
      }
    }
  }

  static void sweepOne(Path directory) {
    Path userDirectory = directory.getParent();
    if (userDirectory != null) {
      sweepOne(userDirectory, directory);
      deleteIfEmpty(userDirectory);
    }
  }

  private static void sweepOne(Path userDirectory, Path directory) {
    Path file = directory.resolve(RuntimeDirectory.LOCK_NAME);
    try {
      if (!Files.isDirectory(directory, NOFOLLOW_LINKS)
          || !RuntimeBase.isOwnedLike(userDirectory, directory)) {
        return;
      }
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE, NOFOLLOW_LINKS)) {
        FileLock lock = channel.tryLock();
        if (lock != null) {
          killLeftovers(directory);
          delete(directory, channel);
        }
      } catch (NoSuchFileException noLock) {
        Instant made = Files.getLastModifiedTime(directory, NOFOLLOW_LINKS).toInstant();
        if (made.plus(BEING_MADE).isBefore(Instant.now())) {
          killLeftovers(directory);
          deleteContents(directory);
          Files.deleteIfExists(directory);
        }
      }
    } catch (IOException | OverlappingFileLockException | SecurityException live) {
      // somebody else's business, or a sweep running beside this one
    }
  }

  private static void killLeftovers(Path directory) {
    ProcessTree.killCarriers(ProcessTree.COOKIE_VARIABLE, directory.getFileName().toString());
  }

  /// Deletes a runtime directory whose lock the caller holds, and closes the channel of the lock.
  ///
  /// The lock file goes last but one and is unlocked only after it is gone: whoever locks it later
  /// locks a file without a name, and sees that.
  static void delete(Path directory, FileChannel channel) throws IOException {
    try (channel) {
      for (int attempt = 1; ; attempt++) {
        deleteContents(directory);
        if (Signals.WINDOWS) {
          channel.close(); // an open file cannot be deleted there
        }
        Files.deleteIfExists(directory.resolve(RuntimeDirectory.LOCK_NAME));
        try {
          Files.deleteIfExists(directory);
          break;
        } catch (DirectoryNotEmptyException written) {
          if (attempt == 10) { // by a child that is still dying
            throw written;
          }
        }
      }
    } finally {
      deleteIfEmpty(directory.getParent());
    }
  }

  private static void deleteContents(Path directory) throws IOException {
    for (Path entry : list(directory)) {
      if (entry.getFileName().toString().equals(RuntimeDirectory.LOCK_NAME)) {
        continue;
      }
      if (Files.isDirectory(entry, NOFOLLOW_LINKS)) {
        deleteContents(entry);
        Files.deleteIfExists(entry.resolve(RuntimeDirectory.LOCK_NAME));
      }
      Files.deleteIfExists(entry);
    }
  }

  private static void deleteIfEmpty(@Nullable Path userDirectory) {
    try {
      if (userDirectory != null) {
        Files.deleteIfExists(userDirectory);
      }
    } catch (IOException inUse) {
      // by another program
    }
  }

  private static List<Path> list(Path directory) {
    List<Path> entries = new ArrayList<>();
    try (var stream = Files.newDirectoryStream(directory)) {
      stream.forEach(entries::add);
    } catch (IOException | RuntimeException gone) {
      return entries;
    }
    return entries;
  }
}
