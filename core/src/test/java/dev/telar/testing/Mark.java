package dev.telar.testing;

import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/// A latch between processes: a file that is there or not. It does not use the code under test.
///
/// @param path the file
public record Mark(String path) implements Serializable {

  /// A mark in a folder, not set.
  public static Mark in(Path folder, String name) {
    return new Mark(folder.resolve(name).toString());
  }

  /// Sets the mark.
  public void set() {
    try {
      Files.createFile(Path.of(path));
    } catch (FileAlreadyExistsException e) {
      // set already
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Whether the mark is set.
  public boolean isSet() {
    return Files.exists(Path.of(path));
  }

  /// Whether nobody can set the mark any more: its test is over and has deleted its folder.
  private boolean isOver() {
    return !Files.exists(Path.of(path).getParent());
  }

  /// Waits until the mark is set, or for an interrupt, or for the end of the test.
  public void await() throws InterruptedException {
    while (!isSet() && !isOver()) {
      Thread.sleep(1);
    }
  }

  /// Waits until the mark is set or the test is over, whatever interrupts come.
  public void awaitStubbornly() {
    while (!isSet() && !isOver()) {
      Thread.interrupted();
      LockSupport.parkNanos(1_000_000);
    }
  }

  /// Waits until the mark is set, at most so long; for the test's own thread.
  ///
  /// @return whether it is set
  public boolean await(Duration limit) throws InterruptedException {
    long start = System.nanoTime();
    while (!isSet()) {
      if (System.nanoTime() - start > limit.toNanos()) {
        return false;
      }
      Thread.sleep(1);
    }
    return true;
  }

  /// Sets `this` and waits for an interrupt, which is then told by `interrupted`.
  public void setAndWaitFor(Mark interrupted) throws InterruptedException {
    set();
    try {
      Thread.sleep(Duration.ofMinutes(5));
    } catch (InterruptedException e) {
      interrupted.set();
      throw e;
    }
  }
}
