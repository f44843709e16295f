package dev.telar.internal.shared;

import dev.telar.internal.memory.Block;
import dev.telar.internal.memory.Ring;
import dev.telar.internal.memory.SharedArena;
import dev.telar.shared.Pipe;
import dev.telar.shared.Shared;
import dev.telar.shared.SharedBarrier;
import dev.telar.shared.SharedBoolean;
import dev.telar.shared.SharedBooleanArray;
import dev.telar.shared.SharedByteArray;
import dev.telar.shared.SharedCharArray;
import dev.telar.shared.SharedDouble;
import dev.telar.shared.SharedDoubleArray;
import dev.telar.shared.SharedEvent;
import dev.telar.shared.SharedFloatArray;
import dev.telar.shared.SharedInt;
import dev.telar.shared.SharedIntArray;
import dev.telar.shared.SharedLatch;
import dev.telar.shared.SharedLock;
import dev.telar.shared.SharedLong;
import dev.telar.shared.SharedLongArray;
import dev.telar.shared.SharedQueue;
import dev.telar.shared.SharedReference;
import dev.telar.shared.SharedSemaphore;
import dev.telar.shared.SharedShortArray;
import org.jspecify.annotations.Nullable;

/// A [Shared]: an arena of this process, and the objects that it makes there.
public final class OpenedShared implements Shared {
  private static final StackWalker STACK = StackWalker.getInstance();

  private static final long LEAST_RING = 4096;

  private final SharedArena arena;

  private OpenedShared(SharedArena arena) {
    this.arena = arena;
  }

  /// Opens one, and remembers where in the program that was.
  public static Shared open() {
    return new OpenedShared(SharedArena.create(caller()));
  }

  @Override
  public SharedLong longValue(long initial) {
    SharedLong value = (SharedLong) make(ObjectKind.LONG, MappedLong.BYTES);
    if (initial != 0) {
      value.set(initial);
    }
    return value;
  }

  @Override
  public SharedLock lock() {
    return (SharedLock) make(ObjectKind.LOCK, MappedLock.BYTES);
  }

  @Override
  public SharedSemaphore semaphore(int permits) {
    return semaphore(permits, false);
  }

  @Override
  public SharedSemaphore boundedSemaphore(int permits) {
    return semaphore(permits, true);
  }

  private SharedSemaphore semaphore(int permits, boolean bounded) {
    if (permits < 0) {
      throw new IllegalArgumentException("permits: " + permits + " (must not be negative)");
    }
    var semaphore = (MappedSemaphore) make(ObjectKind.SEMAPHORE, MappedSemaphore.BYTES);
    semaphore.begin(permits, bounded);
    return semaphore;
  }

  @Override
  public SharedEvent event() {
    return (SharedEvent) make(ObjectKind.EVENT, MappedEvent.BYTES);
  }

  @Override
  public SharedBarrier barrier(int parties) {
    if (parties <= 0) {
      throw new IllegalArgumentException("parties: " + parties + " (must be positive)");
    }
    var barrier = (MappedBarrier) make(ObjectKind.BARRIER, MappedBarrier.bytes(parties));
    barrier.begin(parties);
    return barrier;
  }

  @Override
  public SharedLatch latch(long count) {
    if (count < 0) {
      throw new IllegalArgumentException("count: " + count + " (must not be negative)");
    }
    var latch = (MappedLatch) make(ObjectKind.LATCH, MappedLatch.BYTES);
    latch.begin(count);
    return latch;
  }

  @Override
  public <T> SharedQueue<T> queue() {
    return queue(Integer.MAX_VALUE, 1 << 20);
  }

  @Override
  public <T> SharedQueue<T> queue(int mostElements) {
    return queue(mostElements, 1 << 20);
  }

  @Override
  @SuppressWarnings("unchecked") // a new queue is of whatever its maker wants
  public <T> SharedQueue<T> queue(int mostElements, long bytes) {
    if (mostElements <= 0) {
      throw new IllegalArgumentException("elements: " + mostElements + " (must be positive)");
    }
    long capacity = ringCapacity(bytes);
    Block block = arena.allocateFile(MappedQueue.bytes(capacity));
    MappedQueue.initialize(block, capacity, mostElements);
    return (SharedQueue<T>) ObjectKind.QUEUE.object(block);
  }

  @Override
  public <A, B> Pipe<A, B> pipe() {
    return MappedPipeEnd.create(arena);
  }

  private static long ringCapacity(long bytes) {
    if (bytes <= 0 || bytes > Ring.MOST_CAPACITY) {
      throw new IllegalArgumentException(
          "bytes: %,d (must be 1 to %,d)".formatted(bytes, Ring.MOST_CAPACITY));
    }
    return Math.max(LEAST_RING, Long.highestOneBit(bytes - 1) << 1);
  }

  @Override
  public SharedInt intValue(int initial) {
    SharedInt value = (SharedInt) make(ObjectKind.INT, MappedInt.BYTES);
    value.set(initial);
    return value;
  }

  @Override
  public SharedDouble doubleValue(double initial) {
    SharedDouble value = (SharedDouble) make(ObjectKind.DOUBLE, MappedDouble.BYTES);
    value.set(initial);
    return value;
  }

  @Override
  public SharedBoolean booleanValue(boolean initial) {
    SharedBoolean value = (SharedBoolean) make(ObjectKind.BOOLEAN, MappedBoolean.BYTES);
    value.set(initial);
    return value;
  }

  @Override
  @SuppressWarnings("unchecked") // it holds what was just put in
  public <T extends @Nullable Object> SharedReference<T> reference(T initial, int maxBytes) {
    return (SharedReference<T>)
        ObjectKind.REFERENCE.object(MappedReference.allocate(arena, initial, maxBytes));
  }

  @Override
  public SharedByteArray byteArray(long length) {
    return (SharedByteArray) array(ObjectKind.BYTE_ARRAY, length, MappedByteArray.WIDTH);
  }

  @Override
  public SharedShortArray shortArray(long length) {
    return (SharedShortArray) array(ObjectKind.SHORT_ARRAY, length, MappedShortArray.WIDTH);
  }

  @Override
  public SharedCharArray charArray(long length) {
    return (SharedCharArray) array(ObjectKind.CHAR_ARRAY, length, MappedCharArray.WIDTH);
  }

  @Override
  public SharedIntArray intArray(long length) {
    return (SharedIntArray) array(ObjectKind.INT_ARRAY, length, MappedIntArray.WIDTH);
  }

  @Override
  public SharedLongArray longArray(long length) {
    return (SharedLongArray) array(ObjectKind.LONG_ARRAY, length, MappedLongArray.WIDTH);
  }

  @Override
  public SharedFloatArray floatArray(long length) {
    return (SharedFloatArray) array(ObjectKind.FLOAT_ARRAY, length, MappedFloatArray.WIDTH);
  }

  @Override
  public SharedDoubleArray doubleArray(long length) {
    return (SharedDoubleArray) array(ObjectKind.DOUBLE_ARRAY, length, MappedDoubleArray.WIDTH);
  }

  @Override
  public SharedBooleanArray booleanArray(long length) {
    return (SharedBooleanArray) array(ObjectKind.BOOLEAN_ARRAY, length, MappedBooleanArray.WIDTH);
  }

  private MappedObject array(ObjectKind kind, long length, int width) {
    return kind.object(MappedArray.allocate(arena, length, width));
  }

  private MappedObject make(ObjectKind kind, long bytes) {
    Block block = arena.allocate(bytes);
    return kind.object(block);
  }

  @Override
  public boolean isOpen() {
    return arena.isOpen();
  }

  @Override
  public void close() {
    arena.close();
  }

  @Override
  public String toString() {
    return "Shared opened at " + arena.origin();
  }

  /// The first frame that is not Telar's.
  private static String caller() {
    return STACK.walk(
        frames ->
            frames
                .filter(frame -> !isOurs(frame.getClassName()))
                .findFirst()
                .map(frame -> frame.toStackTraceElement().toString())
                .orElse("an unknown place"));
  }

  private static boolean isOurs(String className) {
    return className.equals(Shared.class.getName())
        || className.startsWith("dev.telar.internal.shared.Opened")
        || className.equals("dev.telar.internal.Engines");
  }
}
