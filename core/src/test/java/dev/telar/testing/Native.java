package dev.telar.testing;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/// What native code can do to a JVM. The worker needs [#ACCESS] among its arguments.
public final class Native {

  /// Allows native access without a warning.
  public static final String ACCESS = "--enable-native-access=ALL-UNNAMED";

  private Native() {}

  private static MethodHandle function(
      String name, FunctionDescriptor type, Linker.Option... options) {
    Linker linker = Linker.nativeLinker();
    return linker.downcallHandle(linker.defaultLookup().findOrThrow(name), type, options);
  }

  /// Writes to where nothing is.
  public static void wildWrite() {
    MemorySegment.ofAddress(64).reinterpret(64).set(JAVA_BYTE, 0, (byte) 1);
  }

  /// Ends the process by the C library's `abort`.
  public static void abort() {
    try {
      function("abort", FunctionDescriptor.ofVoid()).invokeExact();
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  /// Ends the process by the C library's `_exit`.
  public static void exitAtOnce(int code) {
    try {
      function("_exit", FunctionDescriptor.ofVoid(JAVA_INT)).invokeExact(code);
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  /// Closes a file descriptor behind Java's back.
  public static void close(int descriptor) {
    try {
      int _ =
          (int)
              function("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT)).invokeExact(descriptor);
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  /// Sleeps in a call during which the JVM cannot look into the thread.
  public static void sleepUnseen(int seconds) {
    try {
      int _ =
          (int)
              function(
                      "sleep",
                      FunctionDescriptor.of(JAVA_INT, JAVA_INT),
                      Linker.Option.critical(false))
                  .invokeExact(seconds);
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  /// Takes native memory that is never given back.
  public static long take(long bytes) {
    try {
      var allocate = function("calloc", FunctionDescriptor.of(ADDRESS, JAVA_INT, JAVA_INT));
      var memory = (MemorySegment) allocate.invokeExact((int) (bytes >> 10), 1 << 10);
      memory.reinterpret(bytes).fill((byte) 1);
      return memory.address();
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  /// Sends a signal to this process and waits for its effect.
  public static void signal(String name) {
    try {
      new ProcessBuilder("kill", "-" + name, String.valueOf(ProcessHandle.current().pid()))
          .start()
          .waitFor();
      Thread.sleep(60_000);
    } catch (java.io.IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
