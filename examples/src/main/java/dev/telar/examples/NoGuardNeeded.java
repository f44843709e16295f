package dev.telar.examples;

import dev.telar.Pool;
import dev.telar.Task;
import java.util.concurrent.ExecutionException;

/// Python runs a program's top level again in every process it spawns, hence the guard `if __name__
/// == "__main__"`: without it, processes would start processes without end.
///
/// A Telar worker never runs `main`. The one way left to the same accident is a pool in a static
/// initializer, because reading a task initializes its class. Telar refuses that pool.
final class NoGuardNeeded {

  static void main() throws InterruptedException {
    try (Pool pool = Careless.POOL) {
      pool.submit(Careless.answer()).get();
      IO.println("Not reached");
    } catch (ExecutionException e) {
      IO.println("Refused: " + rootCause(e).getMessage());
    }
  }

  /// Its pool is made when the class is initialized: here, and again in each worker that reads a
  /// lambda of this class.
  private static final class Careless {
    static final Pool POOL = Pool.processes(1);

    static Task<Integer> answer() {
      return () -> 42;
    }
  }

  private static Throwable rootCause(Throwable error) {
    Throwable cause = error;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause;
  }
}
