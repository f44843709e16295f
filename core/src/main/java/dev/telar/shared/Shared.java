package dev.telar.shared;

import dev.telar.internal.Engines;
import org.jspecify.annotations.Nullable;

/// Makes objects that threads and processes share, and ends them.
///
/// ```java
/// try (var shared = Shared.open();
///     var pool = Pool.processes(4)) {
///   SharedLong hits = shared.longValue(0);
///   pool.map(page -> hits.addAndGet(count(page)), pages);
/// }
/// ```
///
/// The objects are in memory that is shared through files of this user, where `XDG_RUNTIME_DIR`
/// points, or in `/dev/shm` if that is not set, or in the folder for temporary files where neither
/// is there; a large one that finds no room there is put into the next of these, and the log says
/// so. Capturing one in a task, or sending it in any other way, is all it takes to pass it on
/// ([SharedObject]).
///
/// They end when this is closed, and when the process that opened it dies. One that is forgotten is
/// closed when nothing *in the process that opened it* refers to it or to an object of it any more,
/// and the log says where it was opened; a task that still uses an object elsewhere does not count,
/// so close it where you opened it, with `try`.
///
/// Thread-safe. At most 512 processes can use the objects of one `Shared` at a time.
public interface Shared extends AutoCloseable {

  /// Opens a place for shared objects, of this process.
  ///
  /// @throws SharedMemoryException if there is no room for it
  static Shared open() {
    return Engines.shared();
  }

  /// A new shared `long`.
  ///
  /// @throws SharedMemoryException if there is no room for it
  /// @throws SharedClosedException if this is closed
  SharedLong longValue(long initial);

  /// A new lock.
  ///
  /// @throws SharedMemoryException if there is no room for it
  /// @throws SharedClosedException if this is closed
  SharedLock lock();

  /// A new semaphore, to which more permits may be released than were acquired.
  ///
  /// @param permits how many there are at first; 0 or more
  /// @throws SharedMemoryException if there is no room for it
  /// @throws SharedClosedException if this is closed
  SharedSemaphore semaphore(int permits);

  /// A new semaphore that never has more permits than it began with: releasing more than were
  /// acquired is an error there.
  ///
  /// @param permits how many there are; 0 or more
  /// @throws SharedMemoryException if there is no room for it
  /// @throws SharedClosedException if this is closed
  SharedSemaphore boundedSemaphore(int permits);

  /// A new event, not set.
  ///
  /// @throws SharedMemoryException if there is no room for it
  /// @throws SharedClosedException if this is closed
  SharedEvent event();

  /// A new barrier.
  ///
  /// @param parties how many threads meet there; 1 or more
  /// @throws SharedMemoryException if there is no room for it
  /// @throws SharedClosedException if this is closed
  SharedBarrier barrier(int parties);

  /// A new latch.
  ///
  /// @param count how often it is to be counted down; 0 or more
  /// @throws SharedMemoryException if there is no room for it
  /// @throws SharedClosedException if this is closed
  SharedLatch latch(long count);

  /// A new shared queue that holds up to 1 MiB of encoded elements.
  ///
  /// @param <T> the type of its elements
  /// @throws SharedMemoryException if there is no room for it
  /// @throws SharedClosedException if this is closed
  <T> SharedQueue<T> queue();

  /// A new shared queue that holds up to 1 MiB of encoded elements.
  ///
  /// @param mostElements how many elements it holds at most
  /// @param <T> the type of its elements
  /// @throws SharedMemoryException if there is no room for it
  /// @throws SharedClosedException if this is closed
  <T> SharedQueue<T> queue(int mostElements);

  /// A new shared queue.
  ///
  /// @param mostElements how many elements it holds at most; `Integer.MAX_VALUE` for any number
  /// @param bytes how many bytes of encoded elements it holds at most, up to 8 GiB; rounded up to a
  ///   power of two, at least 4096. So much memory is reserved now
  /// @param <T> the type of its elements
  /// @throws SharedMemoryException if there is no room for it
  /// @throws SharedClosedException if this is closed
  <T> SharedQueue<T> queue(int mostElements, long bytes);

  /// A new pipe. Where messages go one way only, use it that way.
  ///
  /// @param <A> what its first end sends
  /// @param <B> what its second end sends
  /// @throws SharedMemoryException if there is no room for it
  /// @throws SharedClosedException if this is closed
  <A, B> Pipe<A, B> pipe();

  /// A new shared `int`.
  ///
  /// @throws SharedMemoryException if there is no room for it
  /// @throws SharedClosedException if this is closed
  SharedInt intValue(int initial);

  /// A new shared `double`.
  ///
  /// @throws SharedMemoryException if there is no room for it
  /// @throws SharedClosedException if this is closed
  SharedDouble doubleValue(double initial);

  /// A new shared `boolean`.
  ///
  /// @throws SharedMemoryException if there is no room for it
  /// @throws SharedClosedException if this is closed
  SharedBoolean booleanValue(boolean initial);

  /// A new shared reference to a value of at most 1 KiB.
  ///
  /// @throws dev.telar.TaskNotSerializableException if the value cannot travel
  /// @throws IllegalArgumentException if it takes more bytes
  /// @throws SharedMemoryException if there is no room for it
  /// @throws SharedClosedException if this is closed
  default <T extends @Nullable Object> SharedReference<T> reference(T initial) {
    return reference(initial, 1024);
  }

  /// A new shared reference.
  ///
  /// @param maxBytes how many bytes a value may take; sixteen times as many are reserved
  /// @throws dev.telar.TaskNotSerializableException if the value cannot travel
  /// @throws IllegalArgumentException if it takes more bytes
  /// @throws SharedMemoryException if there is no room for it
  /// @throws SharedClosedException if this is closed
  <T extends @Nullable Object> SharedReference<T> reference(T initial, int maxBytes);

  /// A new shared array of `byte`s, all of them zero.
  ///
  /// @param length how many; as many as there is memory for
  /// @throws IllegalArgumentException if the length is negative
  /// @throws SharedMemoryException if there is no room for it
  /// @throws SharedClosedException if this is closed
  SharedByteArray byteArray(long length);

  /// A new shared array of `short`s, all of them zero.
  ///
  /// @param length how many; as many as there is memory for
  /// @throws IllegalArgumentException if the length is negative
  /// @throws SharedMemoryException if there is no room for it
  /// @throws SharedClosedException if this is closed
  SharedShortArray shortArray(long length);

  /// A new shared array of `char`s, all of them zero.
  ///
  /// @param length how many; as many as there is memory for
  /// @throws IllegalArgumentException if the length is negative
  /// @throws SharedMemoryException if there is no room for it
  /// @throws SharedClosedException if this is closed
  SharedCharArray charArray(long length);

  /// A new shared array of `int`s, all of them zero.
  ///
  /// @param length how many; as many as there is memory for
  /// @throws IllegalArgumentException if the length is negative
  /// @throws SharedMemoryException if there is no room for it
  /// @throws SharedClosedException if this is closed
  SharedIntArray intArray(long length);

  /// A new shared array of `long`s, all of them zero.
  ///
  /// @param length how many; as many as there is memory for
  /// @throws IllegalArgumentException if the length is negative
  /// @throws SharedMemoryException if there is no room for it
  /// @throws SharedClosedException if this is closed
  SharedLongArray longArray(long length);

  /// A new shared array of `float`s, all of them zero.
  ///
  /// @param length how many; as many as there is memory for
  /// @throws IllegalArgumentException if the length is negative
  /// @throws SharedMemoryException if there is no room for it
  /// @throws SharedClosedException if this is closed
  SharedFloatArray floatArray(long length);

  /// A new shared array of `double`s, all of them zero.
  ///
  /// @param length how many; as many as there is memory for
  /// @throws IllegalArgumentException if the length is negative
  /// @throws SharedMemoryException if there is no room for it
  /// @throws SharedClosedException if this is closed
  SharedDoubleArray doubleArray(long length);

  /// A new shared array of `boolean`s, all of them `false`.
  ///
  /// @param length how many; as many as there is memory for
  /// @throws IllegalArgumentException if the length is negative
  /// @throws SharedMemoryException if there is no room for it
  /// @throws SharedClosedException if this is closed
  SharedBooleanArray booleanArray(long length);

  /// Whether it is not closed yet.
  boolean isOpen();

  /// Ends all its objects, here and in every other process: whoever waits in one or uses one later
  /// gets a [SharedClosedException]. The memory is given back, as soon as no process has an object
  /// in it in use. Closing again does nothing.
  @Override
  void close();
}
