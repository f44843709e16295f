package dev.telar.internal.memory;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/// The system call by which Linux lets threads sleep on a word of memory, between processes too.
///
/// Its first use costs some tens of milliseconds (the JVM makes the call's stub), so nothing here
/// is touched before somebody has to wait. It blocks its thread: never for virtual ones.
final class Futex {
  private static final boolean INTEL = System.getProperty("os.arch", "").equals("amd64");
  private static final boolean ARM = System.getProperty("os.arch", "").equals("aarch64");

  private Futex() {}

  /// Whether the call's number is known for this processor.
  static boolean isKnownHere() {
    return INTEL || ARM;
  }

  /// Sleeps until somebody wakes, at most so long; returns at once if the word is another.
  static void sleep(MemorySegment segment, long offset, int expected, long nanos) {
    if (nanos == Call.SLICE_NANOS) {
      call(segment.asSlice(offset, Integer.BYTES), Call.WAIT, expected, Call.SLICE);
    } else if (nanos > 0) {
      try (Arena arena = Arena.ofConfined()) {
        call(
            segment.asSlice(offset, Integer.BYTES),
            Call.WAIT,
            expected,
            Call.timespec(arena, nanos));
      }
    }
  }

  /// Wakes at most so many sleepers.
  static void wake(MemorySegment segment, long offset, int sleepers) {
    call(segment.asSlice(offset, Integer.BYTES), Call.WAKE, sleepers, MemorySegment.NULL);
  }

  private static void call(MemorySegment word, int operation, int value, MemorySegment time) {
    try {
      long ignored =
          (long) Call.SYSCALL.invokeExact(Call.NUMBER, word, operation, value, time, 0L, 0);
    } catch (Throwable e) {
      throw new LinkageError("futex", e);
    }
  }

  /// Made on first use.
  private static final class Call {
    static final int WAIT = 0;
    static final int WAKE = 1;
    static final long NUMBER = INTEL ? 202 : 98;
    static final long SLICE_NANOS = WaitPoint.SLICE_NANOS;
    static final MemorySegment SLICE = timespec(Arena.global(), SLICE_NANOS);

    @SuppressWarnings("restricted") // reached only where native access is enabled
    static final MethodHandle SYSCALL =
        Linker.nativeLinker()
            .downcallHandle(
                Linker.nativeLinker().defaultLookup().findOrThrow("syscall"),
                FunctionDescriptor.of(
                    JAVA_LONG, JAVA_LONG, ADDRESS, JAVA_INT, JAVA_INT, ADDRESS, JAVA_LONG,
                    JAVA_INT),
                Linker.Option.firstVariadicArg(1));

    static MemorySegment timespec(Arena arena, long nanos) {
      MemorySegment time = arena.allocate(16, 8);
      time.set(JAVA_LONG, 0, nanos / 1_000_000_000);
      time.set(JAVA_LONG, 8, nanos % 1_000_000_000);
      return time;
    }
  }
}
