package dev.telar.internal.worker;

import dev.telar.internal.codec.Output;
import dev.telar.internal.codec.StackTraces;
import dev.telar.internal.wire.FrameType;
import dev.telar.internal.wire.FrameWriter;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Finds out where a job is and tells the parent.
///
/// To look at the stack of a thread it must come to a point where the JVM can do so, and in some
/// native code it never does. So a thread of its own does it, and the control thread, which must
/// always hear, waits for it for a moment only.
final class StackLook {

  /// How long an interrupt waits for the stack, which is to show the task as it was before: also
  /// where the machine is busy. The parent waits for 200.
  private static final long PATIENCE_MILLIS = 150;

  private final RunningJobs running;
  private final FrameWriter out;

  StackLook(RunningJobs running, FrameWriter out) {
    this.running = running;
    this.out = out;
  }

  /// Looks at a job.
  ///
  /// @param item which item of it is meant; -1 for whichever runs
  void at(long job, int item) throws IOException, InterruptedException {
    Thread thread = running.threadOf(job, item);
    if (thread == null) {
      return; // it has ended
    }
    var looked = new CountDownLatch(1);
    Thread.ofPlatform().daemon().name("telar-stack").start(() -> look(job, item, thread, looked));
    if (!looked.await(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)) {
      tell(job, null);
    }
  }

  private void look(long job, int item, Thread thread, CountDownLatch looked) {
    try {
      StackTraceElement[] stack = thread.getStackTrace();
      if (thread.equals(running.threadOf(job, item))) {
        tell(job, stack);
      }
    } catch (IOException e) {
      // the parent is gone
    } finally {
      looked.countDown();
    }
  }

  private void tell(long job, StackTraceElement @Nullable [] stack) throws IOException {
    var message = new Output();
    message.writeLong(job);
    message.writeBoolean(stack != null);
    if (stack != null) {
      StackTraces.write(stack, message);
    }
    out.write(FrameType.STACK, message);
  }
}
