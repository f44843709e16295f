package dev.telar;

import java.util.List;

/// A [Pool] over worker processes: child JVMs of this one, each with a heap bound and a share of
/// the processors of its own.
///
/// - A worker that dies costs the task that it was running, which fails with
///   [WorkerCrashedException]; tasks that waited in it go to other workers, and a replacement
///   starts.
/// - What a task prints comes out of this JVM, whole lines in order, before its future completes.
/// - When this pool is closed, or this JVM ends in whatever way, every worker and all processes
///   that tasks have started end within two seconds.
/// - Workers are made of the same JDK, class path or module path, locale, time zone and encoding as
///   this JVM; their standard input is empty. Classes that only this JVM has (of JShell, of a
///   `URLClassLoader`, of a nested jar, generated ones) are fetched from it on demand, as far as
///   their class loader answers `getResourceAsStream`.
/// - A pool made inside a task nests to a depth of one by default
///   ([ProcessPoolBuilder#nesting(int)]). A pool made while a worker is still reading a task, by a
///   static initializer of the task's class, is refused with [IllegalStateException]: it would
///   start processes without end. This is why a program that uses Telar needs no guard such as
///   Python's `if __name__ == "__main__"`.
///
/// Isolation contains accidents, not attackers: workers run with the rights of this user.
public interface ProcessPool extends Pool {

  @Override
  ProcessPool with(TaskOptions options);

  /// The process ids of the workers that are up now.
  ///
  /// @return a snapshot
  List<Long> pids();

  /// The settings of this pool.
  ///
  /// @return the settings, defaults filled in
  ProcessPoolConfig config();

  /// Starts the making of a pool.
  ///
  /// @return a builder with the defaults
  static ProcessPoolBuilder builder() {
    return new ProcessPoolBuilder();
  }
}
