package dev.telar.internal.state;

import dev.telar.StateInitializationException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// What one initializer has made in this JVM: an instance for each thread that has needed one, or,
/// for threads that run one task only, as many as were needed at once.
///
/// ```
///   (none) ──make──▶ in use ◀──borrow─── idle ──end──▶ closed
///                      │ └───give back────▲             ▲
///                      └──────── give back after end ───┘
/// ```
public final class StateInstances {

  /// One state. Used by one task at a time.
  public final class Instance {
    private final @Nullable Object value;
    private final Thread owner = Thread.currentThread();
    private boolean used = true;

    private Instance(@Nullable Object value) {
      this.value = value;
    }

    /// What the initializer made.
    public @Nullable Object value() {
      return value;
    }

    /// The task that used it is done.
    public void giveBack() {
      StateInstances.this.giveBack(this);
    }
  }

  private final Callable<?> initializer;
  private final boolean perThread;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<Thread, Instance> owned = new HashMap<>();
  private final ArrayList<Instance> free = new ArrayList<>();
  private final AtomicInteger open = new AtomicInteger();
  private boolean ended;

  private StateInstances(Callable<?> initializer, boolean perThread) {
    this.initializer = initializer;
    this.perThread = perThread;
  }

  /// An instance for each thread.
  public static StateInstances perThread(Callable<?> initializer) {
    return new StateInstances(initializer, true);
  }

  /// Instances that belong to no thread.
  public static StateInstances borrowed(Callable<?> initializer) {
    return new StateInstances(initializer, false);
  }

  /// Takes the instance that the current thread may use.
  ///
  /// @return null if it has to be made
  public @Nullable Instance borrow() {
    lock.lock();
    try {
      Instance instance =
          perThread ? owned.get(Thread.currentThread()) : free.isEmpty() ? null : free.removeLast();
      if (instance != null) {
        instance.used = true;
      }
      return instance;
    } finally {
      lock.unlock();
    }
  }

  /// Makes an instance for the current thread, and takes it.
  ///
  /// @throws StateInitializationException if the initializer throws
  public Instance make() {
    Instance instance;
    try {
      instance = new Instance(initializer.call());
    } catch (VirtualMachineError e) {
      throw e; // a JVM without memory is more than a failed initializer
    } catch (Throwable e) {
      throw new StateInitializationException(
          "the state of " + Thread.currentThread().getName() + " could not be made: " + e, e);
    }
    open.incrementAndGet();
    lock.lock();
    try {
      if (perThread) {
        owned.put(instance.owner, instance);
      }
    } finally {
      lock.unlock();
    }
    return instance;
  }

  private void giveBack(Instance instance) {
    boolean close;
    lock.lock();
    try {
      instance.used = false;
      close = ended;
      if (close) {
        owned.remove(instance.owner);
      } else if (!perThread) {
        free.add(instance);
      }
    } finally {
      lock.unlock();
    }
    if (close) {
      close(instance);
    }
  }

  /// Nobody will ask for an instance any more, but those who have one: closes the others, in the
  /// current thread.
  public void end() {
    List<Instance> idle;
    lock.lock();
    try {
      ended = true;
      idle = new ArrayList<>(free);
      idle.addAll(owned.values().stream().filter(instance -> !instance.used).toList());
      owned.values().removeAll(idle);
      free.clear();
    } finally {
      lock.unlock();
    }
    idle.forEach(this::close);
  }

  /// The current thread ends: closes its instance.
  public void endOwn() {
    Instance own;
    lock.lock();
    try {
      own = owned.remove(Thread.currentThread());
    } finally {
      lock.unlock();
    }
    if (own != null) {
      close(own);
    }
  }

  private void close(Instance instance) {
    try {
      if (instance.value instanceof AutoCloseable closeable) {
        closeable.close();
      }
    } catch (Throwable e) { // nobody waits for it
      System.getLogger(StateInstances.class.getName())
          .log(System.Logger.Level.WARNING, "a state could not be closed", e);
    } finally {
      open.decrementAndGet();
    }
  }

  /// Whether nothing that was made is still to be closed.
  public boolean isEmpty() {
    return open.get() == 0;
  }
}
