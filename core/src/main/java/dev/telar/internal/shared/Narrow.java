package dev.telar.internal.shared;

import dev.telar.internal.memory.Words;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;

/// Atomic access to bytes and shorts, which Java has only for `int` and `long` in memory: as part
/// of the aligned `int` around them. Their neighbours are left as they are.
final class Narrow {
  private static final boolean BIG_ENDIAN = ByteOrder.nativeOrder() == ByteOrder.BIG_ENDIAN;

  private Narrow() {}

  /// Sets one or two bytes if they are as expected.
  ///
  /// @param memory aligned to 4, and so long that the `int` is in it
  /// @param width 1 or 2
  static boolean compareAndSet(
      MemorySegment memory, long offset, int width, int expected, int value) {
    long word = offset & -4L;
    int within = (int) (offset - word);
    int shift = 8 * (BIG_ENDIAN ? 4 - width - within : within);
    int mask = (width == 1 ? 0xff : 0xffff) << shift;
    while (true) {
      int before = (int) Words.INT.getVolatile(memory, word);
      if ((before & mask) != ((expected << shift) & mask)) {
        return false;
      }
      int after = (before & ~mask) | ((value << shift) & mask);
      if (Words.INT.compareAndSet(memory, word, before, after)) {
        return true;
      }
    }
  }
}
