package dev.telar.internal.codec;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Questions to exceptions of users' classes, whose methods may themselves throw.
final class Throwables {
  static final int LONGEST_MESSAGE = 1 << 16;

  private Throwables() {}

  static @Nullable String message(Throwable thrown) {
    String message = ask(thrown::getMessage, "(getMessage threw an exception)");
    return message == null || message.length() <= LONGEST_MESSAGE
        ? message
        : message.substring(0, LONGEST_MESSAGE) + "…";
  }

  static StackTraceElement[] frames(Throwable thrown) {
    StackTraceElement[] none = {};
    StackTraceElement[] frames = ask(thrown::getStackTrace, none);
    return frames == null ? none : frames;
  }

  static @Nullable Throwable cause(Throwable thrown) {
    return Throwables.<@Nullable Throwable>ask(thrown::getCause, null);
  }

  /// Whether the methods work that whoever catches an exception will call.
  static boolean canBeTold(Throwable thrown) {
    return ask(
        () -> {
          var _ = thrown.toString();
          var _ = thrown.getCause();
          return thrown.getStackTrace() != null;
        },
        false);
  }

  /// What `toString` says by default.
  static String describe(Throwable thrown) {
    String message = message(thrown);
    String name = thrown.getClass().getName();
    return message == null ? name : name + ": " + message;
  }

  private static <T extends @Nullable Object> T ask(Supplier<T> question, T otherwise) {
    try {
      return question.get();
    } catch (OutOfMemoryError e) {
      throw e;
    } catch (Throwable e) { // also a checked one: nothing keeps a getMessage in Kotlin from that
      return otherwise;
    }
  }
}
