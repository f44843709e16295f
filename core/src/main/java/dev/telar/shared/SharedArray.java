package dev.telar.shared;

import java.lang.foreign.MemorySegment;

/// An array of primitives in memory that processes share, of any length: 8 GiB work like 8 bytes.
///
/// A task that captures one gets a handle: that takes the same time for any length, and nothing is
/// copied. The memory is zeros when the array is made, and is in RAM from then on (see [Shared] for
/// where): it is reserved as a whole, so that writing an element never fails.
///
/// **What is seen by whom.** `get`, `set`, the bulk methods and buffers are plain accesses, as to
/// an array of Java's: fast, atomic for one element, in no order of their own. What a task has
/// written is seen by whoever got its result, since that comes after it; what others do meanwhile
/// is seen at some time. `getVolatile`, `setVolatile` and the atomic methods are ordered as those
/// of `AtomicLongArray` are, also between processes; atomic access to elements narrower than `int`
/// is by compare-and-set of the four bytes around it. A process that dies in the middle of a bulk
/// write leaves what it has written by then; an element is never torn.
///
/// Every method but `length`, `byteSize` and `isOpen` throws [SharedClosedException] when the
/// [Shared] of this array is closed. Where only numbers are moved, working on [#asSegment()] or a
/// buffer in a loop of your own is fastest: methods here look at every call whether the array is
/// open.
public interface SharedArray extends SharedObject {

  /// How many elements it has.
  long length();

  /// How many bytes these are.
  long byteSize();

  /// The elements as memory, in native byte order: a view, not a copy. It is aligned to 64 bytes,
  /// and can be used from any thread, also with [VarHandle][java.lang.invoke.VarHandle]s.
  ///
  /// The view does not notice the end of this array. It stays readable and writable in this process
  /// as long as it is referred to, but is then nobody else's.
  MemorySegment asSegment();
}
