package dev.telar.shared;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;

/// A queue between threads and processes: a bounded FIFO for any number of producers and consumers
/// anywhere. Python's `multiprocessing.Queue`, `JoinableQueue` and `SimpleQueue` in one.
///
/// ```java
/// SharedQueue<String> lines = shared.queue();
/// pool.submit(() -> { for (String line : file) lines.put(line); lines.close(); });
/// pool.submit(() -> { for (String line; (line = lines.next()) != null; ) count(line); });
/// ```
///
/// **Elements** are copied: what is taken is equal to what was put, not the same object. They
/// travel as tasks do; records of simple components (numbers, strings, enums, such records) are
/// fastest. Null is refused.
///
/// **Bounds.** It holds at most [#capacityBytes()] of encoded elements, and at most so many
/// elements as it was made for. An element longer than a quarter of its bytes goes through a file
/// of its own, which counts towards the bytes; one longer than all of them is let in when no other
/// such is there.
///
/// **The promise.** An element whose `put` has returned is either still in the queue or was given
/// to exactly one taker, whichever processes are killed, and when. None arrives twice, none torn,
/// none out of the order in which it was put. An element that a taker had been given when it died
/// is lost with it. A `put` or `take` that was under way when its process died has either happened
/// or not. Nobody waits for a process that has died; one that is merely stopped (SIGSTOP, a
/// debugger) while it is inside an operation holds up those at the same end, but for who has a time
/// limit.
///
/// **Errors** are of whoever causes them, and the queue goes on: `put` throws
/// [dev.telar.TaskNotSerializableException] if the element cannot travel, [SharedMemoryException]
/// if it needs a file and there is no space; `take` throws [UnreadableElementException] if the
/// element cannot be read here, which is lost then, and counts as dealt with for [#join()].
///
/// **The end.** After [#close()] nothing can be put. Whoever takes gets what is left, then a
/// [QueueClosedException] (from [#next()]: null). A value of your own that means the end works,
/// too.
///
/// **Memory effects.** Putting an element happens-before taking it, also between processes.
///
/// `remove(Object)`, `removeIf` and the like would take elements from the middle: they throw
/// [UnsupportedOperationException]. Iterators are weakly consistent and copy each element as they
/// reach it. No method blocks a carrier thread.
///
/// Every method that puts, takes, counts, looks at elements or waits throws [SharedClosedException]
/// when the [Shared] of this queue is closed, or the process that opened that has died, also in
/// threads that wait here. A death is noticed within some 20 ms by who waits, and within a second
/// by who does not: until then elements may go into and out of a queue that nobody else has.
///
/// @param <T> the type of the elements
public interface SharedQueue<T> extends BlockingQueue<T>, SharedObject, AutoCloseable {

  /// Takes the next element, and waits for one; made for loops.
  ///
  /// @return the element, or null if the queue is closed and empty
  /// @throws InterruptedException if this thread is interrupted while it waits
  @org.jspecify.annotations.Nullable
  T next() throws InterruptedException;

  /// Ends the queue for producers, here and everywhere: `put` and `offer` throw
  /// [QueueClosedException] from now on, also in threads that wait in one. Closing again does
  /// nothing, nor does closing after the [Shared].
  @Override
  void close();

  /// Whether [#close()] was called, anywhere.
  ///
  /// @return whether nothing can be put any more
  boolean isClosed();

  /// Says that an element that this process took has been dealt with, for [#join()]. Python's
  /// `task_done`.
  ///
  /// @throws IllegalStateException if it is said more often than elements were taken
  void taskDone();

  /// Waits until the queue is empty and [#taskDone()] was called for every element that was taken.
  /// Elements that a process had taken when it died are not waited for: they are lost. Nor are
  /// those whose `take` threw, be it an [OutOfMemoryError].
  ///
  /// @throws InterruptedException if this thread is interrupted while it waits
  void join() throws InterruptedException;

  /// Waits until the queue is empty and [#taskDone()] was called for every element that was taken.
  ///
  /// @param timeout how long at most
  /// @return false if the time is over
  /// @throws InterruptedException if this thread is interrupted while it waits
  boolean join(Duration timeout) throws InterruptedException;

  /// How many bytes of encoded elements it holds at most.
  ///
  /// @return the bytes, a power of two
  long capacityBytes();
}
