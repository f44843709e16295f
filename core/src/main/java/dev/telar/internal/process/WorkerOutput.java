package dev.telar.internal.process;

import dev.telar.internal.system.LineHandler;
import dev.telar.internal.system.OutputPump;
import dev.telar.internal.wire.StatusPage;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// What one worker prints: its two streams, pumped to the handler, and how far that is. The waiting
/// is done by the one thread that reads from the worker.
final class WorkerOutput {

  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(2);

  private final StatusPage page;
  private final OutputPump out;
  private final OutputPump err;
  private long outSeen;
  private long errSeen;
  private boolean stalled;

  WorkerOutput(Process process, StatusPage page, String name, LineHandler handler) {
    this.page = page;
    this.out = new OutputPump(process, false, handler, page::outBytes).start(name + "-stdout");
    this.err = new OutputPump(process, true, handler, page::errBytes).start(name + "-stderr");
  }

  /// Waits until what the worker has printed so far is out, for a bounded time.
  void await() {
    long outNow = page.outBytes();
    long errNow = page.errBytes();
    if (outNow == outSeen && errNow == errSeen) {
      return;
    }
    try {
      // A handler that blocks is waited for once, and not again before it has caught up.
      long patience = stalled ? 0 : PATIENCE_NANOS;
      outSeen = out.awaitConsumed(outNow, patience) ? outNow : outSeen;
      errSeen = err.awaitConsumed(errNow, patience) ? errNow : errSeen;
      stalled = outSeen != outNow || errSeen != errNow;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// Waits until both streams have ended and are out, for a bounded time.
  void awaitEnd() throws InterruptedException {
    out.awaitEnd(PATIENCE_NANOS);
    err.awaitEnd(PATIENCE_NANOS);
  }

  List<String> lastOutputLines() {
    return out.tail();
  }

  List<String> lastErrorLines() {
    return err.tail();
  }
}
