package dev.telar.misbehaviour;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/// The C library. Each handle is made when it is called for: a JVM that only loads the corpus calls
/// nothing native.
@SuppressWarnings("restricted") // to call what can do harm is the purpose
final class Native {

  private Native() {}

  /// Sleeps until a signal comes.
  static void pause() {
    run(handle(JAVA_INT, "pause"));
  }

  /// The same without leaving Java as far as the JVM knows: no safepoint before it returns.
  static void pauseCritical() {
    run(handle(JAVA_INT, "pause", Linker.Option.critical(false)));
  }

  static void abort() {
    run(handle(null, "abort"));
  }

  static void close(int descriptor) {
    run(handle(JAVA_INT, "close", JAVA_INT), descriptor);
  }

  /// Closes all descriptors of a range, in which may be those of the jars that classes come from.
  static void closeAll(int from, int to) {
    MethodHandle close = handle(JAVA_INT, "close", JAVA_INT);
    for (int descriptor = from; descriptor < to; descriptor++) {
      run(close, descriptor);
    }
  }

  /// Sets the nice value of this process.
  static void setNice(int value) {
    int ownProcess = 0;
    run(handle(JAVA_INT, "setpriority", JAVA_INT, JAVA_INT, JAVA_INT), ownProcess, 0, value);
  }

  /// Allocates memory that nobody frees, and writes to it, lest the kernel only promise it.
  static void leak(long bytes) {
    MethodHandle malloc = handle(ADDRESS, "malloc", JAVA_LONG);
    try {
      ((MemorySegment) malloc.invoke(bytes)).reinterpret(bytes).fill((byte) 1);
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  private static MethodHandle handle(
      @org.jspecify.annotations.Nullable MemoryLayout result,
      String name,
      MemoryLayout... arguments) {
    return handle(result, name, new Linker.Option[0], arguments);
  }

  private static MethodHandle handle(MemoryLayout result, String name, Linker.Option option) {
    return handle(result, name, new Linker.Option[] {option});
  }

  private static MethodHandle handle(
      @org.jspecify.annotations.Nullable MemoryLayout result,
      String name,
      Linker.Option[] options,
      MemoryLayout... arguments) {
    Linker linker = Linker.nativeLinker();
    FunctionDescriptor type =
        result == null
            ? FunctionDescriptor.ofVoid(arguments)
            : FunctionDescriptor.of(result, arguments);
    return linker.downcallHandle(linker.defaultLookup().findOrThrow(name), type, options);
  }

  private static void run(MethodHandle function, Object... arguments) {
    try {
      function.invokeWithArguments(arguments);
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }
}
