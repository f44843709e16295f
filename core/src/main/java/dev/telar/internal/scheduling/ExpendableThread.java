package dev.telar.internal.scheduling;

import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Runs short pieces of user code in order on a borrowed thread, such as the reading of results.
///
/// A piece that does not end costs that thread and nothing else: after [#PATIENCE] the pieces
/// behind it go on in another one, and after [#LAST_PATIENCE] the piece is told that nobody waits
/// for it any more.
public final class ExpendableThread {

  /// A piece of work that may never end.
  public interface Piece extends Runnable {

    /// How far it is; any number that changes as long as it gets on.
    long progress();

    /// It has neither ended nor got on for long: whatever waits for it should go on. Called on a
    /// thread of the pool's.
    void givenUp();
  }

  private static final long PATIENCE = TimeUnit.MILLISECONDS.toNanos(50);
  private static final long LAST_PATIENCE = TimeUnit.SECONDS.toNanos(5);

  private final ReentrantLock lock = new ReentrantLock();
  private final ArrayDeque<Piece> pieces = new ArrayDeque<>();
  private @Nullable Turn current;
  private boolean watched;

  /// One borrowed thread.
  private static final class Turn {
    private @Nullable Piece piece;
    private long started;
    private boolean replaced;
  }

  /// Adds a piece.
  public void run(Piece piece) {
    Turn started = null;
    lock.lock();
    try {
      pieces.addLast(piece);
      if (current == null) {
        started = new Turn();
        current = started;
      }
      if (!watched) {
        watched = true;
        var _ = Deadlines.after(PATIENCE, this::check);
      }
    } finally {
      lock.unlock();
    }
    if (started != null) {
      start(started);
    }
  }

  private void start(Turn turn) {
    try {
      Callbacks.runUntrusted(() -> work(turn));
    } catch (RuntimeException | Error e) { // no thread to be had: these pieces cannot be run
      for (Piece piece; (piece = next(turn)) != null; ) {
        piece.givenUp();
      }
    }
  }

  private void work(Turn turn) {
    for (Piece piece; (piece = next(turn)) != null; ) {
      piece.run();
    }
  }

  private @Nullable Piece next(Turn turn) {
    lock.lock();
    try {
      turn.piece = turn.replaced ? null : pieces.pollFirst();
      turn.started = System.nanoTime();
      if (turn.piece == null && !turn.replaced) {
        current = null;
      }
      return turn.piece;
    } finally {
      lock.unlock();
    }
  }

  /// Looks after the current turn from time to time, as long as there is one.
  private void check() {
    Turn started = null;
    lock.lock();
    try {
      Turn turn = current;
      watched = turn != null;
      if (turn != null) {
        Piece piece = turn.piece;
        if (piece != null && System.nanoTime() - turn.started >= PATIENCE) {
          turn.replaced = true;
          giveUpLater(turn, piece, piece.progress());
          started = pieces.isEmpty() ? null : new Turn();
          current = started;
          watched = started != null;
        }
      }
      if (watched) {
        var _ = Deadlines.after(PATIENCE, this::check);
      }
    } finally {
      lock.unlock();
    }
    if (started != null) {
      start(started);
    }
  }

  private void giveUpLater(Turn turn, Piece piece, long progress) {
    var _ = Deadlines.after(LAST_PATIENCE, () -> giveUp(turn, piece, progress));
  }

  @SuppressWarnings("ReferenceEquality") // pieces have identity
  private void giveUp(Turn turn, Piece piece, long progress) {
    boolean stuck;
    lock.lock();
    try {
      stuck = turn.piece == piece;
    } finally {
      lock.unlock();
    }
    if (stuck && piece.progress() != progress) {
      giveUpLater(turn, piece, piece.progress());
    } else if (stuck) {
      piece.givenUp();
    }
  }
}
