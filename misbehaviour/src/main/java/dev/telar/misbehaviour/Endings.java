package dev.telar.misbehaviour;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/// Ways of ending a JVM.
final class Endings {

  private static final int EXIT_CODE = 3;
  private static final int HALT_CODE = 4;

  /// Not null, which the JVM catches, and in no mapping.
  private static final long WILD_ADDRESS = 0xDEADL << 12;

  private Endings() {}

  static @Nullable Object exit() {
    System.exit(EXIT_CODE);
    return null;
  }

  static @Nullable Object exitFromAHook() {
    Runtime.getRuntime().addShutdownHook(new Thread(() -> System.exit(EXIT_CODE + 1)));
    System.exit(EXIT_CODE);
    return null;
  }

  static @Nullable Object halt() {
    Runtime.getRuntime().halt(HALT_CODE);
    return null;
  }

  @SuppressWarnings("restricted") // the restriction is there to prevent exactly this
  static @Nullable Object writeToAWildAddress() {
    MemorySegment.ofAddress(WILD_ADDRESS).reinterpret(Integer.BYTES).set(JAVA_INT, 0, 1);
    return null;
  }

  static @Nullable Object abort() {
    Native.abort();
    return null;
  }
}
