package dev.telar.internal.memory;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Labelled steps of the operations on shared memory, where a test may stop or kill this process.
///
/// Off, which is always but in tests, a call costs nothing: the condition is a constant to the
/// compiler. On, a step calls a consumer of labels, whose class the system property `telar.faults`
/// names; it has a public constructor without parameters.
///
/// A label is `object.step`, and is reached *after* the step that it names.
public final class FaultPoint {
  static final String PROPERTY = "telar.faults";

  private static final @Nullable Consumer<String> HOOK = hook();
  private static final boolean ON = HOOK != null;

  private FaultPoint() {}

  /// This step has been done.
  public static void at(String label) {
    if (ON && HOOK != null) {
      HOOK.accept(label);
    }
  }

  @SuppressWarnings("unchecked") // the test's class is what the property promises
  private static @Nullable Consumer<String> hook() {
    String name = System.getProperty(PROPERTY);
    if (name == null) {
      return null;
    }
    try {
      Class<?> type = Class.forName(name, true, ClassLoader.getSystemClassLoader());
      return (Consumer<String>) type.getConstructor().newInstance();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(PROPERTY + "=" + name + " is no Consumer of labels", e);
    }
  }
}
