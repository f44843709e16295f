package dev.telar.internal.scheduling;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// The threads that wait for one thing to happen once: a Treiber stack (R. K. Treiber, 1986) that
/// the first wake-up takes as a whole. The condition must be made true before [#wake()].
final class WaitingThreads {

  private static final VarHandle TOP;

  static {
    try {
      TOP = MethodHandles.lookup().findVarHandle(WaitingThreads.class, "top", Waiter.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private volatile @Nullable Waiter top;

  /// One thread. A waiter that gave up stays in the stack without its thread.
  private static final class Waiter implements ForkJoinPool.ManagedBlocker {
    private final BooleanSupplier condition;
    private final boolean interruptible;
    private final long deadline;
    private volatile @Nullable Thread thread = Thread.currentThread();
    private volatile @Nullable Waiter next;
    private boolean interrupted;

    Waiter(BooleanSupplier condition, boolean interruptible, long nanos) {
      this.condition = condition;
      this.interruptible = interruptible;
      this.deadline = nanos == Long.MAX_VALUE ? 0 : nonZero(System.nanoTime() + nanos);
    }

    private static long nonZero(long time) {
      return time == 0 ? 1 : time;
    }

    @Override
    public boolean isReleasable() {
      if (Thread.interrupted()) {
        interrupted = true;
      }
      return condition.getAsBoolean()
          || (interrupted && interruptible)
          || (deadline != 0 && deadline - System.nanoTime() <= 0);
    }

    @Override
    public boolean block() {
      while (!isReleasable()) {
        if (deadline == 0) {
          LockSupport.park(this);
        } else {
          LockSupport.parkNanos(this, deadline - System.nanoTime());
        }
      }
      return true;
    }
  }

  void wake() {
    if (top == null) {
      return;
    }
    for (Waiter waiter = (Waiter) TOP.getAndSet(this, null); waiter != null; waiter = waiter.next) {
      LockSupport.unpark(waiter.thread);
    }
  }

  void await(BooleanSupplier condition) throws InterruptedException {
    var _ = await(condition, Long.MAX_VALUE);
  }

  /// Waits.
  ///
  /// @return whether the condition holds
  boolean await(BooleanSupplier condition, long nanos) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    if (nanos <= 0) {
      return condition.getAsBoolean();
    }
    Waiter waiter = block(new Waiter(condition, true, nanos));
    boolean holds = condition.getAsBoolean();
    if (waiter.interrupted) {
      if (!holds) {
        throw new InterruptedException();
      }
      Thread.currentThread().interrupt();
    }
    return holds;
  }

  /// Waits; an interrupt is kept for later.
  void awaitUninterruptibly(BooleanSupplier condition) {
    if (block(new Waiter(condition, false, Long.MAX_VALUE)).interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private Waiter block(Waiter waiter) {
    Waiter head;
    do {
      head = top;
      waiter.next = head;
    } while (!TOP.compareAndSet(this, head, waiter));
    try {
      ForkJoinPool.managedBlock(waiter);
    } catch (InterruptedException e) {
      throw new AssertionError("a Waiter notes interrupts itself", e);
    } finally {
      waiter.thread = null;
      if (!waiter.condition.getAsBoolean()) {
        removeGivenUp();
      }
    }
    return waiter;
  }

  /// Unlinks the waiters that gave up, so that polling a long task does not pile them up. A race
  /// with another removal may leave one behind for the next.
  private void removeGivenUp() {
    Waiter previous = null;
    for (Waiter waiter = top; waiter != null; waiter = waiter.next) {
      if (waiter.thread != null) {
        previous = waiter;
      } else if (previous != null) {
        previous.next = waiter.next;
      } else {
        TOP.compareAndSet(this, waiter, waiter.next);
      }
    }
  }
}
