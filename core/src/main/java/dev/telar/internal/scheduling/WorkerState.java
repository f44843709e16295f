package dev.telar.internal.scheduling;

import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;

/// A state that workers keep, as the pool sees it: what makes it, and how many still need it. The
/// views that give it out count as one; each task and each flow is one more. When nobody is left
/// the engine is told, and workers close what they have.
public final class WorkerState {

  private final Engine engine;
  private final Object packed;
  private final AtomicInteger users = new AtomicInteger(1);
  private volatile boolean closed;

  WorkerState(Engine engine, Object packed) {
    this.engine = engine;
    this.packed = packed;
  }

  /// What the engine made of the initializer.
  public Object packed() {
    return packed;
  }

  /// Another task or flow needs it.
  ///
  /// @throws RejectedExecutionException if the views were closed
  void retain() {
    if (closed || users.getAndUpdate(n -> n == 0 ? 0 : n + 1) == 0) {
      throw new RejectedExecutionException("this view with a state has been closed");
    }
  }

  void release() {
    if (users.decrementAndGet() == 0) {
      engine.release(packed);
    }
  }

  /// The views are closed, or nobody has one any more. Called once.
  void close() {
    closed = true;
    release();
  }
}
