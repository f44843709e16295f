package dev.telar.internal.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The one directory of this JVM for sockets, status pages, argument files and error files.
///
/// Only its user can enter it. It lives while somebody holds it ([#acquire], [#release]), and its
/// `lock` file is locked as long: that is how the next Telar program knows whose directories are
/// leftovers (see [DirectorySweep]).
///
/// POSIX gives up a lock when *any* descriptor of that file in the process closes, so nothing in
/// this JVM may open the lock file again, not even a second copy of this class.
public final class RuntimeDirectory {
  static final String LOCK_NAME = "lock";

  private static final System.Logger LOG = System.getLogger(RuntimeDirectory.class.getName());

  /// What was said already: a program may need a directory again and again.
  private static final Set<String> TOLD = ConcurrentHashMap.newKeySet();

  private static final ReentrantLock STATE = new ReentrantLock();
  private static @Nullable RuntimeDirectory current;
  private static boolean hooked;

  private final Path path;
  private final String cookie;
  private final FileChannel channel;
  private final List<Runnable> shutdownActions = new CopyOnWriteArrayList<>();
  private int references;
  private @Nullable RuntimeDirectory elsewhere;

  private RuntimeDirectory(Path path, FileChannel channel) {
    this.path = path;
    this.channel = channel;
    this.cookie = ProcessTree.nested(ProcessTree.COOKIE_VARIABLE, path.getFileName().toString());
  }

  /// The directory of this JVM, made if nobody holds it. Each call needs its [#release].
  ///
  /// @throws UncheckedIOException if no place for it was found; the message lists what was tried
  /// @throws IllegalStateException if the JVM is shutting down
  public static RuntimeDirectory acquire() {
    STATE.lock();
    try {
      RuntimeDirectory directory = current;
      if (directory == null) {
        if (!hooked) {
          Runtime.getRuntime()
              .addShutdownHook(new Thread(RuntimeDirectory::shutDown, "telar-shutdown"));
          hooked = true;
        }
        directory = create(RuntimeBase.candidates());
        current = directory;
        DirectorySweep.startInBackground();
      }
      directory.references++;
      return directory;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      STATE.unlock();
    }
  }

  /// Gives back one [#acquire]; the last one deletes the directory with all that is in it.
  public void release() {
    STATE.lock();
    try {
      if (references == 0) {
        throw new IllegalStateException("released more often than acquired");
      }
      if (--references == 0) {
        if (current == this) {
          current = null;
        }
        delete();
      }
    } finally {
      STATE.unlock();
    }
  }

  /// Another directory like this one, on another file system, for files that find no room here;
  /// made on first use, and deleted with this one. The next program's sweep finds it, too.
  ///
  /// @throws IOException if there is no such place
  public Path elsewhere() throws IOException {
    STATE.lock();
    try {
      if (elsewhere == null) {
        var store = Files.getFileStore(path);
        List<RuntimeBase> others = new ArrayList<>();
        for (RuntimeBase base : RuntimeBase.candidates()) {
          if (Files.isDirectory(base.path()) && !Files.getFileStore(base.path()).equals(store)) {
            others.add(base);
          }
        }
        elsewhere = create(others);
      }
      return elsewhere.path;
    } finally {
      STATE.unlock();
    }
  }

  public Path path() {
    return path;
  }

  /// A file of this directory. Names of sockets must not be longer than 24 bytes.
  public Path file(String name) {
    return path.resolve(name);
  }

  /// What every child gets as the environment variable `TELAR_COOKIE`
  /// ([ProcessTree#COOKIE_VARIABLE]): unique, and below the cookie of an enclosing worker.
  public String cookie() {
    return cookie;
  }

  /// Adds an action that runs when the JVM shuts down, before the directory is deleted: to kill
  /// children. Forgotten when the directory is released for the last time.
  public void onShutdown(Runnable action) {
    shutdownActions.add(action);
  }

  /// Takes back [#onShutdown].
  public void removeOnShutdown(Runnable action) {
    shutdownActions.remove(action);
  }

  /// Deletes the directory of another program if that has died, and kills what it left. For workers
  /// whose parent is gone.
  public static void sweepAfter(Path deadDirectory) {
    DirectorySweep.sweepOne(deadDirectory);
  }

  /// Waits until the sweep that the first [#acquire] started is over. For tests.
  public static void awaitSweep() throws InterruptedException {
    DirectorySweep.await();
  }

  static RuntimeDirectory create(List<RuntimeBase> bases) throws IOException {
    IOException failure = new IOException("no directory for sockets and status pages");
    for (RuntimeBase base : bases) {
      for (int attempt = 0; attempt < 20; attempt++) {
        try {
          Path path = base.createDirectory();
          FileChannel channel = lock(path);
          if (channel != null) {
            tell(path, failure.getSuppressed());
            return new RuntimeDirectory(path, channel);
          }
        } catch (IOException e) {
          failure.addSuppressed(e);
          break;
        }
      }
    }
    throw new IOException(failure.getMessage() + "; " + reasons(failure.getSuppressed()), failure);
  }

  private static String reasons(Throwable... failures) {
    return Stream.of(failures).map(Throwable::getMessage).collect(Collectors.joining("; "));
  }

  /// Says why it is not in the place that comes first; a warning if it is not in memory now, which
  /// is slower.
  private static void tell(Path path, Throwable... passedOver) {
    String reasons = reasons(passedOver);
    if (passedOver.length > 0 && TOLD.add(reasons)) {
      LOG.log(
          isInMemory(path) ? System.Logger.Level.DEBUG : System.Logger.Level.WARNING,
          "sockets and shared memory are in {0}: {1}",
          path,
          reasons);
    }
  }

  private static boolean isInMemory(Path path) {
    try {
      return !System.getProperty("os.name", "").startsWith("Linux") // no such place elsewhere
          || Files.getFileStore(path).type().equals("tmpfs");
    } catch (IOException unknown) {
      return false;
    }
  }

  /// Locks a new directory, or gives null if a sweep came between its making and its locking.
  private static @Nullable FileChannel lock(Path directory) throws IOException {
    Path file = directory.resolve(LOCK_NAME);
    FileChannel channel;
    try {
      channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    } catch (java.nio.file.NoSuchFileException swept) {
      return null;
    }
    FileLock lock = channel.tryLock();
    if (lock != null && Files.exists(file)) {
      return channel;
    }
    channel.close();
    return null;
  }

  void delete() {
    shutdownActions.clear();
    if (elsewhere != null) {
      elsewhere.delete();
    }
    try {
      DirectorySweep.delete(path, channel);
    } catch (IOException heldByADyingChild) {
      // the lock is free now: the next program's sweep takes it
    }
  }

  private static void shutDown() {
    RuntimeDirectory directory;
    STATE.lock();
    try {
      directory = current;
    } finally {
      STATE.unlock();
    }
    if (directory == null) {
      return;
    }
    for (Runnable action : directory.shutdownActions) {
      try {
        action.run();
      } catch (Throwable failed) {
        // one pool's trouble must not leave another pool's children behind
      }
    }
    directory.delete();
  }
}
