package dev.telar.internal.codec;

import java.lang.foreign.MemorySegment;

/// Memory of a [BulkSink] that holds one value until nobody can read it any more.
public interface BulkLoan {

  /// The memory, of exactly the length that was asked for; what is in it is unspecified.
  MemorySegment memory();

  /// Which piece of the sink's memory it is.
  int segment();

  /// Which loan of that piece it is: a piece that has been lent again tells a late reader so.
  long number();

  /// Gives the memory back. May be called often and by any thread; a loan that is forgotten is
  /// given back when it is garbage.
  void release();

  /// The message is on its way, and it is the receiver who gives the memory back now: forgetting or
  /// releasing this loan does not any more.
  void handOver();
}
