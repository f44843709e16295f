package dev.telar.internal.scheduling;

import dev.telar.TaskNotSerializableException;
import dev.telar.TaskOptions;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// One `map` or stream: items go in at one end, are cut into chunks when a slot asks, and results
/// come out at the other, in order or as they come.
///
/// ```
///   producer ──offer──▶ pending ──poll──▶ in flight ──finished──▶ finished ──take──▶ consumer
///            │◀──────────────────── window: pulled − delivered ───────────────────▶│
/// ```
///
/// The producer packs items, the consumer reads results; neither happens under the lock here, so
/// user code delays nobody but itself.
final class Flow extends Source {

  /// A chunk's results and the position of the first in the input.
  record Chunk(long index, int items, ChunkResult result) {}

  /// How results come to the consumer.
  ///
  /// @param ordered whether in the order of the items
  /// @param collectsFailures whether each is an `Outcome`, and a failure ends nothing
  record Delivery(boolean ordered, boolean collectsFailures) {}

  private static final long CHUNK_BYTES = 1 << 20;
  private static final int CHUNKS_PER_SLOT = 4;
  private static final int MOST_SLOTS = 2500;

  private final Scheduler scheduler;
  private final TaskOptions options;
  private final String name;
  private final Object function;
  private final Delivery delivery;
  private final long knownSize;
  private final int slots;
  private final ChunkSizer sizer;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition notFull = lock.newCondition();
  private final Condition ready = lock.newCondition();
  private final ArrayDeque<Object> pending = new ArrayDeque<>();
  private final Set<ChunkJob> inFlight = new HashSet<>();
  private final PriorityQueue<Chunk> finished;
  private long pulled;
  private long cut;
  private long taken;
  private long delivered;
  private boolean ended;
  private boolean closed;
  private @Nullable Throwable sourceFailure;
  private @Nullable RuntimeException failure;
  private Runnable onClose = () -> {};
  private Runnable alsoOnClose = () -> {};

  private static final Object NULL = new Object();

  /// A flow that is not open yet.
  ///
  /// @param delivery which results the consumer gets when
  /// @param knownSize the number of items of a `map`, which is run to its end even after a
  ///   shutdown; or −1 for a stream
  Flow(
      Scheduler scheduler,
      Engine engine,
      TaskOptions options,
      String name,
      Object function,
      Delivery delivery,
      long knownSize) {
    this.scheduler = scheduler;
    this.options = options;
    this.name = name;
    this.function = function;
    this.delivery = delivery;
    this.knownSize = knownSize;
    this.slots = Math.min(MOST_SLOTS, engine.capabilities().parallelism());
    // Items with a time limit each go one by one: a worker that is killed for one of them would
    // take the results of those before it along. A map that ends with the first failure has no use
    // for them then.
    boolean needed = knownSize < 0 || delivery.collectsFailures;
    boolean singly = !engine.chunks() || (options.isTimed() && needed);
    int fixed = options.chunkSize() > 0 ? options.chunkSize() : singly ? 1 : 0;
    this.sizer = new ChunkSizer(fixed, slots);
    this.finished = new PriorityQueue<>((a, b) -> Long.compare(a.index, b.index));
  }

  TaskOptions options() {
    return options;
  }

  String name() {
    return name;
  }

  Object function() {
    return function;
  }

  Observation observation() {
    return scheduler.observation();
  }

  boolean collectsFailures() {
    return delivery.collectsFailures;
  }

  /// Makes an item fit to travel. One that cannot travel takes its own place as a failure, if
  /// failures are collected.
  @Nullable Object pack(Engine engine, @Nullable Object item) {
    try {
      return engine.packItem(item);
    } catch (TaskNotSerializableException e) {
      if (delivery.collectsFailures) {
        return new Unsendable(e);
      }
      throw e;
    }
  }

  boolean isEager() {
    return knownSize >= 0;
  }

  /// What else is to be done when this flow is closed; short, no user code.
  void onClose(Runnable action) {
    lock.lock();
    try {
      if (!closed) {
        onClose = action;
        return;
      }
    } finally {
      lock.unlock();
    }
    action.run();
  }

  /// What is to be done in any case when this flow is closed. Called before anybody else has it.
  void alsoOnClose(Runnable action) {
    alsoOnClose = action;
  }

  // The producer's side.

  /// Adds packed items as far as the window allows.
  ///
  /// @return how many were taken
  int offer(@Nullable Object[] items, int from, int to) {
    int accepted;
    boolean signal;
    lock.lock();
    try {
      if (ended || closed || failure != null) {
        return to - from; // whoever takes will see why
      }
      accepted = Math.clamp(window() - (pulled - delivered), 0, to - from);
      signal = add(items, from, accepted);
    } finally {
      lock.unlock();
    }
    if (signal) {
      scheduler.signal(this);
    }
    return accepted;
  }

  /// Adds a packed item, waiting for room in the window.
  ///
  /// @return false if no more items are wanted
  boolean put(@Nullable Object item) throws InterruptedException {
    boolean signal;
    lock.lock();
    try {
      while (!ended && !closed && failure == null && pulled - delivered >= window()) {
        notFull.await();
      }
      if (ended || closed || failure != null) {
        return false;
      }
      signal = add(new Object[] {item}, 0, 1);
    } finally {
      lock.unlock();
    }
    if (signal) {
      scheduler.signal(this);
    }
    return true;
  }

  /// Whether another item would be taken without waiting; waits until one would.
  ///
  /// @return false if no more items are wanted
  boolean awaitRoom() throws InterruptedException {
    lock.lock();
    try {
      while (!ended && !closed && failure == null && pulled - delivered >= window()) {
        notFull.await();
      }
      return !ended && !closed && failure == null;
    } finally {
      lock.unlock();
    }
  }

  private boolean add(@Nullable Object[] items, int from, int count) {
    int before = pending.size();
    for (int i = from; i < from + count; i++) {
      Object item = items[i];
      pending.addLast(item == null ? NULL : item);
    }
    pulled += count;
    scheduler.observation().counts().submitted.add(count);
    scheduler.grow(count);
    int full = sizer.full();
    return count > 0 && (before == 0 || (before < full && before + count >= full));
  }

  private long window() {
    if (options.window() > 0) {
      return options.window();
    }
    return Math.max(16L, (long) CHUNKS_PER_SLOT * slots * sizer.full());
  }

  /// No more items will come.
  ///
  /// @param error why, if the source failed: the consumer gets it after all results
  void end(@Nullable Throwable error) {
    lock.lock();
    try {
      if (!ended) {
        ended = true;
        sourceFailure = error;
      }
      ready.signalAll();
    } finally {
      lock.unlock();
    }
    scheduler.signal(this);
  }

  /// The pool was shut down: a stream takes no more items.
  void stopPulling() {
    if (!isEager()) {
      end(new RejectedExecutionException("the pool was shut down before the input had ended"));
      signalAll();
    }
  }

  /// The pool was stopped.
  void poolStopped() {
    fail(new CancellationException("the pool was stopped"));
  }

  /// Ends this flow with an error that the consumer gets at once.
  void fail(RuntimeException error) {
    int dropped;
    lock.lock();
    try {
      if (failure == null) {
        failure = error;
      }
      dropped = pending.size();
      pending.clear();
    } finally {
      lock.unlock();
    }
    signalAll();
    drop(dropped);
  }

  /// Items that no job was made of will not be run.
  private void drop(int items) {
    scheduler.observation().counts().cancelled.add(items);
    scheduler.shrink(items);
  }

  private void signalAll() {
    lock.lock();
    try {
      notFull.signalAll();
      ready.signalAll();
    } finally {
      lock.unlock();
    }
  }

  // The scheduler's side.

  @Override
  @Nullable Job poll(boolean slotIsIdle) {
    lock.lock();
    try {
      int wanted = sizer.next(knownSize < 0 ? -1 : knownSize - cut);
      if (pending.isEmpty() || (!slotIsIdle && !ended && pending.size() < wanted)) {
        return null;
      }
      @Nullable Object[] items = take(Math.min(wanted, pending.size()));
      var job = new ChunkJob(this, cut, items, sizer.estimate(items.length));
      cut += items.length;
      inFlight.add(job);
      return job;
    } finally {
      lock.unlock();
    }
  }

  @SuppressWarnings("ReferenceEquality") // NULL is a marker
  private @Nullable Object[] take(int count) {
    var items = new @Nullable Object[count];
    long bytes = 0;
    for (int i = 0; i < count; i++) {
      Object item = pending.pollFirst();
      items[i] = item == NULL ? null : item;
      bytes += weight(item);
      boolean alone =
          delivery.collectsFailures
              && (item instanceof Unsendable || pending.peekFirst() instanceof Unsendable);
      if ((bytes >= CHUNK_BYTES || alone) && i + 1 < count) {
        return Arrays.copyOf(items, i + 1);
      }
    }
    return items;
  }

  private static long weight(@Nullable Object item) {
    return switch (item) {
      case Weighted weighted -> weighted.weight();
      case String string -> string.length();
      case null, default -> 0;
    };
  }

  @Override
  boolean hasWork() {
    lock.lock();
    try {
      return !pending.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  @Override
  int size() {
    lock.lock();
    try {
      return pending.size();
    } finally {
      lock.unlock();
    }
  }

  void finished(ChunkJob job, ChunkResult result, long nanos) {
    lock.lock();
    try {
      if (!inFlight.remove(job)) {
        return; // it was given up before, at its time limit
      }
      sizer.record(result.size(), nanos);
      add(job.index(), job.size(), result);
    } finally {
      lock.unlock();
    }
  }

  private void add(long index, int items, ChunkResult result) {
    if (!closed) {
      ChunkResult told = delivery.collectsFailures ? new OutcomeResult(result, items) : result;
      finished.add(new Chunk(index, items, told));
      ready.signalAll();
    }
  }

  // A chunk that ends in parts.

  /// A chunk in flight will not end as a whole; what of it is not delivered is run again as other
  /// chunks.
  ///
  /// @return false if nobody waits for it any more
  boolean replace(ChunkJob whole, List<ChunkJob> parts) {
    lock.lock();
    try {
      if (!inFlight.remove(whole) || closed) {
        return false;
      }
      inFlight.addAll(parts);
    } finally {
      lock.unlock();
    }
    parts.forEach(part -> scheduler.grow(part.size()));
    return true;
  }

  /// Part of a chunk that was replaced has ended.
  void deliver(long index, int items, ChunkResult result) {
    lock.lock();
    try {
      add(index, items, result);
    } finally {
      lock.unlock();
    }
  }

  void measured(int items, long nanos) {
    lock.lock();
    try {
      sizer.record(items, nanos);
    } finally {
      lock.unlock();
    }
  }

  void requeue(ChunkJob part) {
    scheduler.requeue(part);
  }

  // The consumer's side.

  /// The next finished chunk, waiting for it.
  ///
  /// @return null at the end
  /// @throws InterruptedException if this thread is interrupted
  @Nullable Chunk take() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (true) {
        if (failure != null) {
          throw failure;
        }
        Chunk chunk = nextFinished();
        if (chunk != null) {
          return chunk;
        }
        if (closed || (ended && taken == pulled)) {
          return null;
        }
        ready.await();
      }
    } finally {
      lock.unlock();
    }
  }

  /// The next finished chunk, if there is one.
  @Nullable Chunk takeNow() {
    lock.lock();
    try {
      return nextFinished();
    } finally {
      lock.unlock();
    }
  }

  private @Nullable Chunk nextFinished() {
    Chunk first = finished.peek();
    if (first == null || (delivery.ordered && first.index != taken)) {
      return null;
    }
    finished.remove();
    taken += first.items;
    if (options.window() == 0) {
      delivered(first.items);
    }
    return first;
  }

  /// Tells that results have reached the consumer, which makes room in the window. Where the window
  /// is the user's, whoever takes chunks tells it result by result; else a chunk counts as soon as
  /// it is taken.
  void delivered(int results) {
    lock.lock();
    try {
      delivered += results;
      notFull.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// Whether [#delivered(int)] is to be called for each result.
  boolean countsEachResult() {
    return options.window() > 0;
  }

  /// Whether no more items are taken.
  boolean isEnded() {
    lock.lock();
    try {
      return ended;
    } finally {
      lock.unlock();
    }
  }

  /// Why the source gave no more items, once all results have been taken.
  @Nullable Throwable sourceFailure() {
    lock.lock();
    try {
      return sourceFailure;
    } finally {
      lock.unlock();
    }
  }

  /// Cancels what is left. May be called often, by anyone.
  void close() {
    List<ChunkJob> running;
    int dropped;
    Runnable action;
    lock.lock();
    try {
      if (closed) {
        return;
      }
      closed = true;
      dropped = pending.size();
      pending.clear();
      finished.clear();
      running = List.copyOf(inFlight);
      action = onClose;
      notFull.signalAll();
      ready.signalAll();
    } finally {
      lock.unlock();
    }
    running.forEach(job -> scheduler.abandon(job, true));
    drop(dropped);
    scheduler.close(this);
    alsoOnClose.run();
    action.run();
  }
}
