package dev.telar.internal.wire;

import dev.telar.LeakPolicy;
import dev.telar.internal.codec.CorruptMessageException;
import dev.telar.internal.codec.Input;
import dev.telar.internal.codec.Output;

/// What a worker is to look after between tasks, as it travels in a setup.
///
/// @param leaks what to do about what tasks leave behind
/// @param maxLeftThreads how many threads of tasks may outlive them before the worker is replaced;
///   −1: any number
/// @param maxRetainedHeap how many bytes of heap may be in use after a collection before the worker
///   is replaced; 0: any number
public record UpkeepSettings(LeakPolicy leaks, int maxLeftThreads, long maxRetainedHeap) {

  /// Nothing is looked after.
  public static final UpkeepSettings NONE = new UpkeepSettings(LeakPolicy.IGNORE, -1, 0);

  /// Adds the settings to a message.
  public void write(Output to) {
    to.writeUtf(leaks.name());
    to.writeInt(maxLeftThreads);
    to.writeLong(maxRetainedHeap);
  }

  /// Reads the settings from a message.
  public static UpkeepSettings read(Input from) throws CorruptMessageException {
    return new UpkeepSettings(LeakPolicy.valueOf(from.readUtf()), from.readInt(), from.readLong());
  }
}
