package dev.telar.internal.shared;

import dev.telar.internal.codec.CorruptMessageException;
import dev.telar.internal.codec.DecodeException;
import dev.telar.internal.codec.ElementCodec;
import dev.telar.internal.codec.Input;
import dev.telar.internal.codec.Output;
import dev.telar.internal.connect.Loading;
import dev.telar.internal.memory.Block;
import dev.telar.internal.memory.ClosedRingException;
import dev.telar.internal.memory.Ring;
import dev.telar.internal.memory.Unfinished;
import dev.telar.shared.QueueClosedException;
import dev.telar.shared.SharedClosedException;
import dev.telar.shared.SharedQueue;
import dev.telar.shared.UnreadableElementException;
import java.io.IOException;
import java.time.Duration;
import java.util.AbstractQueue;
import java.util.Collection;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// A [SharedQueue]: a ring of encoded elements, and an account of those that were taken and not
/// dealt with.
///
/// ```
///    0  bytes of the ring (8)    8  most elements (4)
///   64  the account              …  the ring
/// ```
final class MappedQueue<T> extends MappedObject implements SharedQueue<T> {
  private static final long serialVersionUID = 1L;
  private static final long ACCOUNT = 64;
  private static final long RING = ACCOUNT + Unfinished.BYTES;

  private final transient ElementCodec codec = new ElementCodec();
  private final transient long capacity;
  private final transient int mostElements;
  private final transient Ring ring;
  private final transient Unfinished unfinished;
  private final transient Whole whole = new Whole();

  MappedQueue(Block block) {
    super(ObjectKind.QUEUE, block);
    this.capacity = block.getLong(0);
    this.mostElements = block.getInt(8);
    this.ring = new Ring(block, RING, capacity, mostElements, this);
    this.unfinished = new Unfinished(block, ACCOUNT, this);
  }

  static long bytes(long capacity) {
    return RING + Ring.bytes(capacity);
  }

  /// Writes what a queue over this block needs to know.
  static void initialize(Block block, long capacity, int mostElements) {
    block.setLong(0, capacity);
    block.setInt(8, mostElements);
  }

  // Putting

  private byte[] encode(T element) {
    var bytes = new Output(128);
    codec.encode(Objects.requireNonNull(element, "a queue takes no null"), bytes);
    return bytes.toByteArray();
  }

  private boolean put(T element, long nanos) throws InterruptedException {
    checkOpen();
    byte[] bytes = encode(element);
    try {
      return ring.put(bytes, nanos, () -> false);
    } catch (ClosedRingException e) {
      throw closed();
    }
  }

  private QueueClosedException closed() {
    return new QueueClosedException("this SharedQueue is closed");
  }

  @Override
  public void put(T element) throws InterruptedException {
    put(element, Long.MAX_VALUE);
  }

  @Override
  public boolean offer(T element, long timeout, TimeUnit unit) throws InterruptedException {
    return put(element, Math.max(1, unit.toNanos(timeout)));
  }

  @Override
  public boolean offer(T element) {
    try {
      return put(element, 0);
    } catch (InterruptedException e) {
      throw new AssertionError("nothing was waited for", e);
    }
  }

  @Override
  public boolean add(T element) {
    return whole.add(element);
  }

  @Override
  public boolean addAll(Collection<? extends T> elements) {
    return whole.addAll(elements);
  }

  // Taking

  private @Nullable T take(long nanos) throws InterruptedException {
    checkOpen();
    byte[] bytes;
    try {
      bytes = ring.take(nanos, unfinished::taking, unfinished::done, () -> false);
    } catch (ClosedRingException e) {
      throw closed();
    } catch (IOException e) {
      throw unreadable(e);
    }
    return bytes == null ? null : decodeTaken(bytes);
  }

  /// One that cannot be read is nobody's to deal with.
  private T decodeTaken(byte[] bytes) {
    boolean done = false;
    try {
      T element = decode(bytes);
      done = true;
      return element;
    } finally {
      if (!done) {
        unfinished.done();
      }
    }
  }

  @SuppressWarnings("unchecked") // what is put is a T
  private T decode(byte[] bytes) {
    try {
      return (T) Objects.requireNonNull(codec.decode(Input.of(bytes), Loading.loader()));
    } catch (DecodeException | CorruptMessageException e) {
      throw unreadable(e);
    }
  }

  private UnreadableElementException unreadable(IOException e) {
    return new UnreadableElementException(
        "an element of this SharedQueue cannot be read here, and is lost: " + e.getMessage(), e);
  }

  @Override
  public T take() throws InterruptedException {
    return Objects.requireNonNull(take(Long.MAX_VALUE));
  }

  @Override
  public @Nullable T next() throws InterruptedException {
    try {
      return take(Long.MAX_VALUE);
    } catch (QueueClosedException e) {
      return null;
    }
  }

  @Override
  public @Nullable T poll(long timeout, TimeUnit unit) throws InterruptedException {
    return take(Math.max(1, unit.toNanos(timeout)));
  }

  @Override
  public @Nullable T poll() {
    try {
      return take(0);
    } catch (InterruptedException e) {
      throw new AssertionError("nothing was waited for", e);
    }
  }

  @Override
  public T remove() {
    return whole.remove();
  }

  @Override
  public int drainTo(Collection<? super T> target) {
    return drainTo(target, Integer.MAX_VALUE);
  }

  @Override
  @SuppressWarnings("ReferenceEquality") // there is one object of a queue in a process
  public int drainTo(Collection<? super T> target, int most) {
    if (Objects.requireNonNull(target, "target") == this) {
      throw new IllegalArgumentException("a queue cannot be drained into itself");
    }
    int count = 0;
    try {
      for (T each; count < most && (each = poll()) != null; count++) {
        target.add(each);
      }
    } catch (QueueClosedException e) {
      // all is taken
    }
    return count;
  }

  @Override
  public void clear() {
    checkOpen();
    ring.clear();
    unfinished.changed();
  }

  // Looking

  @Override
  public int size() {
    checkOpen();
    return ring.size();
  }

  @Override
  public boolean isEmpty() {
    checkOpen();
    return ring.isEmpty();
  }

  @Override
  public int remainingCapacity() {
    return mostElements == Integer.MAX_VALUE ? mostElements : Math.max(0, mostElements - size());
  }

  @Override
  public long capacityBytes() {
    return capacity;
  }

  @Override
  public @Nullable T peek() {
    checkOpen();
    Ring.Visited first = visit(null);
    return first == null ? null : decode(first.element());
  }

  @Override
  public T element() {
    return whole.element();
  }

  private Ring.@Nullable Visited visit(@Nullable Long from) {
    try {
      return ring.visit(from);
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  @Override
  public Iterator<T> iterator() {
    checkOpen();
    return new Visit();
  }

  @Override
  public boolean contains(Object object) {
    return whole.contains(object);
  }

  @Override
  public boolean containsAll(Collection<?> objects) {
    return whole.containsAll(objects);
  }

  @Override
  public Object[] toArray() {
    return whole.toArray();
  }

  @Override
  public <E> E[] toArray(E[] array) {
    return whole.toArray(array);
  }

  @Override
  public <E> E[] toArray(IntFunction<E[]> generator) {
    return whole.toArray(generator);
  }

  // The end

  @Override
  public void close() {
    try {
      if (isOpen()) {
        ring.close();
      }
    } catch (SharedClosedException meanwhile) {
      // then it has ended for everybody
    }
  }

  @Override
  public boolean isClosed() {
    return ring.isClosed();
  }

  @Override
  public void taskDone() {
    checkOpen();
    if (!unfinished.done()) {
      throw new IllegalStateException("taskDone was called more often than elements were taken");
    }
  }

  @Override
  public void join() throws InterruptedException {
    unfinished.await(ring::isEmpty, Long.MAX_VALUE);
  }

  @Override
  public boolean join(Duration timeout) throws InterruptedException {
    return unfinished.await(ring::isEmpty, Math.max(1, TimeUnit.NANOSECONDS.convert(timeout)));
  }

  // What is not there

  @Override
  public boolean remove(Object object) {
    throw unsupported();
  }

  @Override
  public boolean removeAll(Collection<?> objects) {
    throw unsupported();
  }

  @Override
  public boolean retainAll(Collection<?> objects) {
    throw unsupported();
  }

  @Override
  public boolean removeIf(Predicate<? super T> filter) {
    throw unsupported();
  }

  private static UnsupportedOperationException unsupported() {
    return new UnsupportedOperationException(
        "a SharedQueue gives its elements in order: none can be removed from its middle. Take them,"
            + " and put back what shall stay");
  }

  /// A weakly consistent walk: it never skips what is there, nor shows anything twice.
  private final class Visit implements Iterator<T> {
    private @Nullable Long from;
    private @Nullable T next;

    @Override
    public boolean hasNext() {
      if (next == null) {
        Ring.Visited visited = visit(from);
        if (visited != null) {
          from = visited.next();
          next = decode(visited.element());
        }
      }
      return next != null;
    }

    @Override
    public T next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      T element = Objects.requireNonNull(next);
      next = null;
      return element;
    }

    @Override
    public void remove() {
      throw unsupported();
    }
  }

  /// What a queue inherits, if it does not inherit from something else.
  private final class Whole extends AbstractQueue<T> {
    @Override
    public boolean offer(T element) {
      return MappedQueue.this.offer(element);
    }

    @Override
    public @Nullable T poll() {
      return MappedQueue.this.poll();
    }

    @Override
    public @Nullable T peek() {
      return MappedQueue.this.peek();
    }

    @Override
    public Iterator<T> iterator() {
      return MappedQueue.this.iterator();
    }

    @Override
    public int size() {
      return MappedQueue.this.size();
    }
  }
}
