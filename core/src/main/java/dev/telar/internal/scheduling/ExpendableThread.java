package dev.telar.internal.scheduling;

import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Runs short pieces of user code in order on a borrowed thread, such as the reading of results. A
/// piece that has not ended after [#PATIENCE] keeps that thread to itself, and the pieces behind it
/// go on in another one.
public final class ExpendableThread {

  private static final long PATIENCE = TimeUnit.MILLISECONDS.toNanos(50);

  private final ReentrantLock lock = new ReentrantLock();
  private final ArrayDeque<Runnable> pieces = new ArrayDeque<>();
  private int generation;
  private boolean running;
  private boolean watched;
  private long pieceStarted;

  /// Adds a piece.
  public void run(Runnable piece) {
    boolean start;
    lock.lock();
    try {
      pieces.addLast(piece);
      start = !running;
      running = true;
      if (!start) {
        watch();
      }
    } finally {
      lock.unlock();
    }
    if (start) {
      start();
    }
  }

  private void start() {
    int mine = generation;
    Callbacks.runUntrusted(() -> work(mine));
  }

  private void work(int mine) {
    for (Runnable piece; (piece = next(mine)) != null; ) {
      piece.run();
    }
  }

  private @Nullable Runnable next(int mine) {
    lock.lock();
    try {
      if (mine != generation) {
        return null; // given up: another thread has taken over
      }
      Runnable piece = pieces.pollFirst();
      running = piece != null;
      pieceStarted = running ? System.nanoTime() : 0;
      return piece;
    } finally {
      lock.unlock();
    }
  }

  private void watch() {
    if (!watched) {
      watched = true;
      var _ = Deadlines.after(PATIENCE, this::check);
    }
  }

  private void check() {
    boolean start = false;
    lock.lock();
    try {
      watched = false;
      if (running && !pieces.isEmpty()) {
        if (pieceStarted != 0 && System.nanoTime() - pieceStarted >= PATIENCE) {
          generation++;
          pieceStarted = 0;
          start = true;
        }
        watch();
      }
    } finally {
      lock.unlock();
    }
    if (start) {
      start();
    }
  }
}
