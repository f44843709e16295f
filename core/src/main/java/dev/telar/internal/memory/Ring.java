package dev.telar.internal.memory;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.HashSet;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// A bounded FIFO of byte strings in shared memory, for any number of producers and consumers in
/// any number of processes, each of which may be killed at any moment.
///
/// ```
///     0  tail: lock of the producers          64  head: lock of the consumers
///   128  tail position, the producers'       136  the head as they saw it last
///   192  head position, the consumers'       200  the tail as they saw it last
///   256  wait point: not empty               320  wait point: not full
///   384  closed (4)
///   448  the bytes: a power of two of them, written around and around
/// ```
///
/// **A position** is one word ([RingBytes]). So one store publishes an element, and one store takes
/// it: whoever dies before that store has done nothing, and whoever dies after it has done it all.
/// The locks are robust ([RobustLock]), and what they protect needs no repair.
///
/// **An element** that is too long lies in a file of its own, and the ring has the file's name
/// ([OverflowFiles]).
///
/// **Where the other end was seen last** is kept beside the own position, so that a producer who
/// has room need not touch what the consumers write. It is in shared memory and not in the process,
/// because a process that was away while the ring turned around could not tell that its view is
/// old.
public final class Ring {
  /// The largest capacity: a quarter of what a position can tell apart.
  public static final long MOST_CAPACITY = 1L << 33;

  private static final long TAIL_LOCK = 0;
  private static final long HEAD_LOCK = 64;
  private static final long TAIL = 128;
  private static final long SEEN_HEAD = 136;
  private static final long HEAD = 192;
  private static final long SEEN_TAIL = 200;
  private static final long NOT_EMPTY = 256;
  private static final long NOT_FULL = 320;
  private static final long CLOSED = 384;
  private static final long DATA = 448;

  /// An element may take this part of the ring at most, lest it wait until all others are gone.
  private static final int LARGEST_PART = 4;

  private final Block block;
  private final MemorySegment segment;
  private final long base;
  private final long capacity;
  private final RingBytes bytes;
  private final int mostElements;
  private final RobustLock tailLock;
  private final RobustLock headLock;
  private final WaitPoint notEmpty;
  private final WaitPoint notFull;
  private final OverflowFiles overflow;

  private static final long INSTANT_NANOS = WaitPoint.SLICE_NANOS;

  /// An element that is still in the ring, and the position behind it.
  @SuppressWarnings("ArrayRecordComponent") // never compared
  public record Visited(byte[] element, long next) {}

  /// A ring in a block, which is zeros at first.
  ///
  /// @param offset where it begins; a multiple of 64
  /// @param capacity bytes for elements, a power of two
  /// @param mostElements how many there may be at once
  /// @param user the object whose it is, for messages
  public Ring(Block block, long offset, long capacity, int mostElements, Object user) {
    if (Long.bitCount(capacity) != 1 || capacity < 64 || capacity > MOST_CAPACITY) {
      throw new IllegalArgumentException("a ring has a power of two of bytes, not " + capacity);
    }
    this.block = block;
    this.segment = block.segment();
    this.base = offset;
    this.capacity = capacity;
    this.bytes = new RingBytes(segment, offset + DATA, capacity);
    this.mostElements = mostElements;
    this.tailLock = new RobustLock(block, offset + TAIL_LOCK, user);
    this.headLock = new RobustLock(block, offset + HEAD_LOCK, user);
    this.notEmpty = new WaitPoint(block, offset + NOT_EMPTY, true, user);
    this.notFull = new WaitPoint(block, offset + NOT_FULL, true, user);
    this.overflow = new OverflowFiles(block, block.handle().offset() + offset);
  }

  /// How much memory a ring takes.
  public static long bytes(long capacity) {
    return DATA + capacity;
  }

  // Producers

  /// Puts an element.
  ///
  /// @param nanos how long to wait for room at most; `Long.MAX_VALUE` is for ever; 0 or less, not
  ///   at all, and then no interrupt is noticed
  /// @param stopped whether nobody is left for whom to wait; asked now and then
  /// @return false if the time is over, or `stopped` said so; nothing was put then
  /// @throws ClosedRingException if the ring is closed
  /// @throws InterruptedException if the thread is interrupted before the element was put
  /// @throws dev.telar.shared.SharedMemoryException if it needs a file, and there is no space for
  ///   it
  public boolean put(byte[] element, long nanos, BooleanSupplier stopped)
      throws ClosedRingException, InterruptedException {
    if (RingBytes.size(element.length) <= capacity / LARGEST_PART) {
      return put(element, false, 0, nanos, stopped);
    }
    sweep();
    OverflowFiles.Name name = overflow.write(element);
    boolean done = false;
    try {
      done = put(name.bytes(), true, element.length, nanos, stopped);
      return done;
    } finally {
      overflow.written(name, done);
    }
  }

  private boolean put(
      byte[] element, boolean isFile, long overflowing, long nanos, BooleanSupplier stopped)
      throws ClosedRingException, InterruptedException {
    long start = nanos == Long.MAX_VALUE ? 0 : System.nanoTime();
    while (acquire(tailLock, start, nanos, notFull)) {
      boolean room;
      boolean more = false;
      long seen;
      try {
        if (isClosed()) {
          notFull.signal(); // the next one who waits for nothing
          throw new ClosedRingException();
        }
        room = hasRoom(element.length, overflowing);
        seen = plain(SEEN_HEAD);
        if (room) {
          if (isFile) {
            overflow.publish(element);
          }
          more = append(element, isFile);
        }
      } finally {
        unlock(tailLock);
      }
      if (room) {
        notEmpty.signal();
        FaultPoint.at("ring.put.signalled");
        if (more) {
          notFull.signal(); // whoever waits for room gets his turn
        }
        return true;
      }
      if (!waitForRoom(seen, left(start, nanos), stopped)) {
        return false;
      }
    }
    return false;
  }

  private boolean waitForRoom(long seen, long left, BooleanSupplier stopped)
      throws InterruptedException {
    boolean news =
        left > 0
            && notFull.await(
                () -> word(HEAD) != seen || isClosed() || stopped.getAsBoolean(), left);
    if (news && stopped.getAsBoolean() && !isClosed()) {
      notFull.signal(); // the next one who waits for nothing
      return false;
    }
    return news;
  }

  /// Whoever does not want to wait at all waits for the lock, which others have for an instant. Who
  /// has a time limit waits for that instant, too, when the time is over; but not for a holder that
  /// is stopped.
  ///
  /// @param nanos the limit that the caller was given
  /// @param told where this thread may have been woken: if it gives up, somebody else is to be
  private static boolean acquire(RobustLock lock, long start, long nanos, WaitPoint told)
      throws InterruptedException {
    if (nanos <= 0) {
      lock.lock();
      return true;
    }
    boolean done = false;
    try {
      done = lock.tryLock(Math.max(INSTANT_NANOS, left(start, nanos)));
      return done;
    } finally {
      if (!done) {
        told.signal();
      }
    }
  }

  private static long left(long start, long nanos) {
    return nanos == Long.MAX_VALUE || nanos <= 0
        ? nanos
        : Math.max(0, nanos - (System.nanoTime() - start));
  }

  /// Under the tail lock.
  private boolean hasRoom(int length, long overflowing) {
    long tail = plain(TAIL);
    if (!fits(tail, length)) {
      return false;
    }
    if (overflowing == 0) {
      return true;
    }
    plain(SEEN_HEAD, word(HEAD));
    long there = overflowed(plain(SEEN_HEAD), tail);
    return there == 0 || there + overflowing <= capacity;
  }

  /// Under the tail lock. Looks where the consumers are only if that matters.
  private boolean fits(long tail, int length) {
    if (fits(tail, plain(SEEN_HEAD), length)) {
      return true;
    }
    plain(SEEN_HEAD, word(HEAD));
    return fits(tail, plain(SEEN_HEAD), length);
  }

  private boolean fits(long tail, long head, int length) {
    return RingBytes.between(head, tail) + RingBytes.size(length) <= capacity
        && RingBytes.elements(head, tail) < mostElements;
  }

  /// How many bytes are in files: they count as if they were here, or a queue of a bounded size
  /// could fill the machine. Producers are locked out, so nothing here is overwritten meanwhile.
  private long overflowed(long head, long tail) {
    long sum = 0;
    for (long each = head; each != tail; each = bytes.behind(each)) {
      if (bytes.isFile(each)) {
        sum += OverflowFiles.Name.of(bytes.copy(each)).size();
      }
    }
    return sum;
  }

  /// Under the tail lock.
  ///
  /// @return whether a like element would have room, too
  private boolean append(byte[] element, boolean isFile) {
    long tail = plain(TAIL);
    bytes.write(tail, element, isFile);
    FaultPoint.at("ring.put.written");
    long next = RingBytes.advanced(tail, element.length);
    word(TAIL, next);
    FaultPoint.at("ring.put.committed");
    return fits(next, element.length); // as it is now: a signal for the next may have come before
  }

  // Consumers

  /// Takes the next element.
  ///
  /// @param nanos how long to wait for one at most; `Long.MAX_VALUE` is for ever
  /// @param taking called under a lock before the element is taken, by whoever then takes it
  /// @param lost called if the element was taken and cannot be given to the caller, for whatever
  ///   reason: its file cannot be read, or does not fit into this JVM's memory
  /// @param stopped whether nobody is left who could put one; asked now and then
  /// @return null if the time is over, or `stopped` said so and there is no element
  /// @throws ClosedRingException if the ring is closed and empty
  /// @throws IOException if the element was taken, and its file cannot be read
  /// @throws InterruptedException if the thread is interrupted before it has one
  public byte @Nullable [] take(long nanos, Runnable taking, Runnable lost, BooleanSupplier stopped)
      throws ClosedRingException, IOException, InterruptedException {
    long start = nanos == Long.MAX_VALUE ? 0 : System.nanoTime();
    while (acquire(headLock, start, nanos, notEmpty)) {
      Taken taken;
      try {
        taken = hasElement() ? take(taking) : null;
      } finally {
        unlock(headLock);
      }
      if (taken != null) {
        notFull.signal();
        FaultPoint.at("ring.take.signalled");
        if (taken.more) {
          notEmpty.signal(); // the next one who waits
        }
        return element(taken, lost);
      }
      if (isEnd(stopped) || !waitForElement(left(start, nanos), stopped)) {
        return null;
      }
    }
    return null;
  }

  /// Waits until there is an element, or an end; takes nothing.
  ///
  /// @param nanos how long at most
  /// @param stopped whether nobody is left who could put one
  /// @return false if the time is over
  public boolean awaitElement(long nanos, BooleanSupplier stopped) throws InterruptedException {
    BooleanSupplier there = () -> !isEmpty() || isClosed() || stopped.getAsBoolean();
    boolean found = notEmpty.await(there, nanos);
    if (found) {
      notEmpty.signal(); // it is still there for whoever takes
    }
    return found;
  }

  /// Under the head lock.
  private boolean hasElement() {
    long head = plain(HEAD);
    if (head == plain(SEEN_TAIL)) {
      plain(SEEN_TAIL, word(TAIL));
    }
    return head != plain(SEEN_TAIL);
  }

  /// Whether it is empty, and nobody is left who could put something.
  private boolean isEnd(BooleanSupplier stopped) throws ClosedRingException {
    boolean closed = isClosed();
    if (!closed && !stopped.getAsBoolean()) {
      return false;
    }
    if (!isEmpty()) { // looked at after that
      return false;
    }
    notEmpty.signal(); // the next one who waits for nothing
    if (closed) {
      throw new ClosedRingException();
    }
    return true;
  }

  private boolean waitForElement(long left, BooleanSupplier stopped) throws InterruptedException {
    return left > 0
        && notEmpty.await(() -> !isEmpty() || isClosed() || stopped.getAsBoolean(), left);
  }

  /// An element, or the opened file that it is in.
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Taken(byte[] bytes, OverflowFiles.@Nullable Opened file, boolean more) {}

  private byte[] element(Taken taken, Runnable lost) throws IOException {
    if (taken.file == null) {
      return taken.bytes;
    }
    boolean read = false;
    try {
      byte[] element = overflow.take(taken.file);
      read = true;
      return element;
    } finally {
      if (!read) {
        lost.run();
      }
    }
  }

  /// Under the head lock, when there is an element.
  private Taken take(Runnable taking) {
    long head = plain(HEAD);
    byte[] element = bytes.copy(head);
    var file = bytes.isFile(head) ? overflow.open(OverflowFiles.Name.of(element)) : null;
    FaultPoint.at("ring.take.copied");
    taking.run();
    FaultPoint.at("ring.take.accounted");
    word(HEAD, RingBytes.advanced(head, element.length));
    FaultPoint.at("ring.take.committed");
    // as it is now, not as it was seen: a signal for the next one may have come before he asked
    return new Taken(element, file, hasElement());
  }

  /// Takes and forgets all elements.
  public void clear() {
    headLock.lock();
    try {
      long tail = word(TAIL);
      plain(SEEN_TAIL, tail); // first: what was seen of the tail is never behind the head
      word(HEAD, tail);
    } finally {
      unlock(headLock);
    }
    notFull.signal();
    sweep();
  }

  /// The first element at or behind a position.
  ///
  /// @param from what [Visited#next] said, or null for the first of all
  /// @return null if there is none
  /// @throws IOException if its file cannot be read
  public @Nullable Visited visit(@Nullable Long from) throws IOException {
    byte[] element;
    OverflowFiles.Opened file;
    long at;
    headLock.lock();
    try {
      long head = plain(HEAD);
      at = from == null || RingBytes.elements(head, from) < 0 ? head : from;
      if (at == word(TAIL)) {
        return null;
      }
      element = bytes.copy(at);
      file = bytes.isFile(at) ? overflow.open(OverflowFiles.Name.of(element)) : null;
    } finally {
      unlock(headLock);
    }
    return new Visited(
        file == null ? element : file.read(), RingBytes.advanced(at, element.length));
  }

  // Both

  /// Whether there is no element. Without lock.
  public boolean isEmpty() {
    return RingBytes.elements(word(HEAD), word(TAIL)) == 0;
  }

  /// How many elements there are. Without lock.
  public int size() {
    while (true) {
      long head = word(HEAD);
      int size = RingBytes.elements(head, word(TAIL));
      if (head == word(HEAD)) {
        return size;
      }
    }
  }

  /// Nothing can be put any more; what is there can be taken.
  public void close() {
    tailLock.lock(); // whoever is putting has done so
    try {
      block.setInt(base + CLOSED, 1);
      FaultPoint.at("ring.closed");
    } finally {
      unlock(tailLock);
    }
    wakeAll();
    sweep();
  }

  /// Lets whoever waits look whether he is to stop.
  public void wakeAll() {
    notEmpty.signal();
    notFull.signal();
  }

  public boolean isClosed() {
    return block.getInt(base + CLOSED) != 0;
  }

  /// Calls `signal` once, when an element or an end may be there to be taken.
  ///
  /// @return takes it back
  public Runnable onNotEmpty(Runnable signal) {
    return notEmpty.listen(signal);
  }

  private void unlock(RobustLock lock) {
    boolean abandoned = lock.wasAbandoned() && lock.isHeldByCurrentThread();
    if (abandoned) {
      lock.repaired();
    }
    lock.unlock();
    if (abandoned) {
      sweep();
    }
  }

  /// Deletes files that nobody will take: of the dead, and of elements that were cleared.
  private void sweep() {
    tailLock.lock();
    try {
      headLock.lock();
      try {
        var inUse = new HashSet<String>();
        long tail = word(TAIL);
        for (long each = word(HEAD); each != tail; each = bytes.behind(each)) {
          if (bytes.isFile(each)) {
            inUse.add(OverflowFiles.Name.of(bytes.copy(each)).file());
          }
        }
        overflow.sweep(inUse);
      } finally {
        headLock.unlock();
      }
    } finally {
      tailLock.unlock();
    }
  }

  private long word(long offset) {
    return block.getLong(base + offset);
  }

  private void word(long offset, long value) {
    block.setLong(base + offset, value);
  }

  private long plain(long offset) {
    return segment.get(ValueLayout.JAVA_LONG, base + offset);
  }

  private void plain(long offset, long value) {
    segment.set(ValueLayout.JAVA_LONG, base + offset, value);
  }
}
