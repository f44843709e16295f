package dev.telar;

import dev.telar.internal.Engines;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// One named thread or process that runs one action: Python's `threading.Thread` and
/// `multiprocessing.Process` with one handle.
///
/// A process worker ends like a Java program whose `main` is the action: when the action has
/// returned and no non-daemon thread is left. An uncaught exception is printed to the worker's
/// standard error and makes the exit code 1. What it prints comes out of this JVM before [#join()]
/// returns.
///
/// As a [Waitable] it is ready when it has ended, so one thread can wait for the first of several
/// workers and connections ([Connection.awaitAny][dev.telar.shared.Connection#awaitAny]).
///
/// All methods may be called from any thread, virtual ones included. The end of the worker
/// happens-before the return of [#join()].
public interface Worker extends Waitable, AutoCloseable {

  /// A worker that is a platform thread of this JVM. It keeps the JVM alive.
  ///
  /// @param name the name of the thread
  /// @param action what it does
  /// @return a worker that has not been started
  static Worker thread(String name, Action action) {
    return Engines.threadWorker(name, action);
  }

  /// A worker that is a process of its own, with the defaults of [ProcessPoolBuilder].
  ///
  /// @param name the name of the worker
  /// @param action what it does; it travels like a task
  /// @return a worker that has not been started
  /// @throws TaskNotSerializableException if the action cannot travel
  static Worker process(String name, Action action) {
    return Engines.processWorker(name, action);
  }

  /// The name that was given.
  ///
  /// @return the name
  String name();

  /// Starts the worker. Returns at once.
  ///
  /// @return this
  /// @throws IllegalStateException if it was started before
  Worker start();

  /// Waits for the end of the worker, without limit.
  ///
  /// @throws IllegalStateException if it was not started
  /// @throws InterruptedException if this thread is interrupted while it waits; the worker goes on
  void join() throws InterruptedException;

  /// Waits for the end of the worker.
  ///
  /// @param timeout how long at most
  /// @return whether it has ended
  /// @throws IllegalStateException if it was not started
  /// @throws InterruptedException if this thread is interrupted while it waits; the worker goes on
  boolean join(Duration timeout) throws InterruptedException;

  /// Whether the worker was started and has not ended.
  ///
  /// @return whether it is alive
  boolean isAlive();

  /// The process id.
  ///
  /// @return the id, or empty before the start
  /// @throws UnsupportedOperationException for threads
  OptionalLong pid();

  /// How the worker ended: 0 after a normal end, 1 after an uncaught exception. For processes also:
  /// `n` after `System.exit(n)`, `−s` after it was killed by signal `s`.
  ///
  /// @return the exit code, or empty while it has not ended
  OptionalInt exitCode();

  /// Asks the worker to end: interrupts a thread; sends SIGTERM to a process, whose shutdown hooks
  /// run. Does nothing if the worker has ended or was not started.
  void terminate();

  /// Kills a process and all its descendants at once. Does nothing if it has ended or was not
  /// started.
  ///
  /// @throws UnsupportedOperationException for threads
  void kill();

  /// Waits for the end of the worker if it was started. Interrupted while it waits, it ends the
  /// worker (kills a process, interrupts a thread) and sets the interrupt status again.
  @Override
  void close();
}
