package dev.telar.internal.system;

/// How deep this JVM is in a tree of pools, and whether it may make another process pool.
///
/// Reading a task may run code: loading the class that captured a lambda runs its static
/// initializer. If that makes a process pool whose tasks are lambdas of the same class, each worker
/// starts workers that start workers: the fork bomb behind Python's `if __name__ == "__main__"`. So
/// while a thread reads a task, process pools are refused to it.
public final class Nesting {

  /// The depth of this JVM: 0, or in a worker one more than its parent's.
  public static final String DEPTH_PROPERTY = "telar.depth";

  /// How deep process pools may be made in a worker.
  public static final String LIMIT_PROPERTY = "telar.nesting";

  private static final ThreadLocal<Reader> READER = ThreadLocal.withInitial(Reader::new);

  /// A thread that may be reading a task. It stays with its thread: setting and removing a thread
  /// local for each task would cost more than reading a small one.
  private static final class Reader {
    private boolean reading;
  }

  private Nesting() {}

  /// The depth of this JVM.
  public static int depth() {
    return Integer.getInteger(DEPTH_PROPERTY, 0);
  }

  /// How deep process pools may be made, as the outermost pool said.
  public static int limit() {
    return Integer.getInteger(LIMIT_PROPERTY, 1);
  }

  /// The current thread begins to read a task.
  public static void beginReading() {
    READER.get().reading = true;
  }

  /// The current thread has read its task.
  public static void endReading() {
    READER.get().reading = false;
  }

  /// Refuses a process pool where none may be made.
  ///
  /// @throws IllegalStateException if none may be made here
  public static void check() {
    if (READER.get().reading) {
      throw new IllegalStateException(
          "a worker process is still reading the task that starts processes here (probably a static"
              + " initializer of the task's class makes a process pool or a process worker). Each"
              + " worker would start workers without end. Make the pool in main, or in the task"
              + " itself.");
    }
    int limit = limit();
    if (depth() > limit) {
      throw new IllegalStateException(
          ("process pools are nested too deep: this is a worker at depth %d, and the limit is %d."
                  + " Raise it with ProcessPool.builder().nesting(%d) on the outermost pool.")
              .formatted(depth(), limit, depth()));
    }
  }
}
