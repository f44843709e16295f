package dev.telar.internal.worker;

import dev.telar.WorkerCrashedException;
import dev.telar.internal.wire.FrameType;
import dev.telar.internal.wire.FrameWriter;
import dev.telar.internal.wire.StatusPage;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// What a worker does about an [OutOfMemoryError].
final class OutOfMemory {

  private static final int DEEPEST = 32;

  private OutOfMemory() {}

  /// Whether an error of this JVM's memory is among the causes of an exception. Allocates nothing.
  static boolean isBehind(Throwable thrown) {
    Throwable current = thrown;
    for (int depth = 0; current != null && depth < DEEPEST; depth++) {
      if (current instanceof OutOfMemoryError) {
        return true;
      }
      if (current instanceof WorkerCrashedException) {
        return false; // it was the memory of a worker of ours
      }
      current = causeOf(current);
    }
    return false;
  }

  private static @Nullable Throwable causeOf(Throwable thrown) {
    try {
      return thrown.getCause();
    } catch (Throwable e) { // the user's own getCause
      return e instanceof OutOfMemoryError ? e : null;
    }
  }

  /// Lets an error that ends a thread which a task has started be known: it is printed as ever, and
  /// if there was no memory the parent replaces this process.
  static void watchOtherThreads(StatusPage page, FrameWriter out) {
    Thread.setDefaultUncaughtExceptionHandler(
        (thread, thrown) -> {
          try {
            if (isBehind(thrown)) {
              page.markOutOfMemory();
              out.write(FrameType.OUT_OF_MEMORY);
            }
          } catch (IOException e) {
            // the parent is gone
          } finally {
            System.err.print("Exception in thread \"" + thread.getName() + "\" ");
            thrown.printStackTrace();
          }
        });
  }
}
