package dev.telar.testing;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Iterator;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// The numbers from 0, as an input that tells how it was pulled and can block or break.
public final class Source implements Iterable<Integer>, AutoCloseable {

  private enum End {
    NONE,
    BLOCK,
    THROW_IN_NEXT,
    THROW_IN_HAS_NEXT
  }

  private final int length;
  private final End end;
  private final AtomicInteger pulled = new AtomicInteger();
  private final CountDownLatch blocked = new CountDownLatch(1);
  private final CountDownLatch released = new CountDownLatch(1);
  private volatile boolean interrupted;
  private volatile @Nullable Thread puller;

  private Source(int length, End end) {
    this.length = length;
    this.end = end;
  }

  /// Never ends.
  public static Source endless() {
    return new Source(Integer.MAX_VALUE, End.NONE);
  }

  /// Blocks in `hasNext` behind some items, until it is released; then it ends.
  public static Source blockingAfter(int items) {
    return new Source(items, End.BLOCK);
  }

  /// Throws behind some items.
  public static Source throwingAfter(int items, boolean inHasNext) {
    return new Source(items, inHasNext ? End.THROW_IN_HAS_NEXT : End.THROW_IN_NEXT);
  }

  @Override
  public Iterator<Integer> iterator() {
    return new Iterator<>() {
      private int next;

      @Override
      public boolean hasNext() {
        puller = Thread.currentThread();
        if (next < length) {
          return true;
        }
        return switch (end) {
          case NONE -> false;
          case BLOCK -> {
            block();
            yield false;
          }
          case THROW_IN_NEXT -> true;
          case THROW_IN_HAS_NEXT -> throw new IllegalStateException("source broke");
        };
      }

      @Override
      public Integer next() {
        puller = Thread.currentThread();
        if (next >= length) {
          throw new IllegalStateException("source broke");
        }
        pulled.incrementAndGet();
        return next++;
      }
    };
  }

  private void block() {
    blocked.countDown();
    try {
      released.await();
    } catch (InterruptedException e) {
      interrupted = true;
      throw new IllegalStateException("source interrupted", e);
    }
  }

  /// How many items were taken.
  public int pulled() {
    return pulled.get();
  }

  /// Waits until the puller blocks.
  public void awaitBlocked() {
    try {
      if (!blocked.await(20, TimeUnit.SECONDS)) {
        throw new AssertionError("the source was not pulled to its end");
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /// Waits until the thread that pulled has ended.
  public void awaitQuiet() {
    await().atMost(Duration.ofSeconds(20)).until(() -> !pullerIsAlive());
  }

  /// Whether the thread that pulled last is alive.
  public boolean pullerIsAlive() {
    Thread thread = puller;
    return thread != null && thread.isAlive();
  }

  /// Whether the puller was interrupted while it blocked.
  public boolean wasInterrupted() {
    return interrupted;
  }

  /// Ends the blocking and the input.
  public void release() {
    released.countDown();
  }

  @Override
  public void close() {
    release();
  }
}
