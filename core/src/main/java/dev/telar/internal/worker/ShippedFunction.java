package dev.telar.internal.worker;

import dev.telar.StatefulFunction;
import dev.telar.TaskFunction;
import dev.telar.internal.codec.Decoder;
import dev.telar.internal.codec.Input;
import dev.telar.internal.state.StateInstances.Instance;
import dev.telar.internal.system.Nesting;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// A function as it came from the parent. It is read by the first job that needs it, in that job's
/// thread: reading runs user code. Each job thread gets a copy of its own, as each process does, so
/// that a function with state is not shared by accident.
final class ShippedFunction {

  private final ClassLoader loader;
  private final int state;
  private final byte[] encoded;
  private final Decoder decoder;

  @SuppressWarnings("ThreadLocalUsage") // one per function, and gone with it
  private final ThreadLocal<@Nullable Object> copies = new ThreadLocal<>();

  ShippedFunction(ClassLoader loader, int state, Input body, Decoder decoder) throws IOException {
    this.loader = loader;
    this.state = state;
    this.encoded = body.readBytes(body.remaining());
    this.decoder = decoder;
  }

  ClassLoader loader() {
    return loader;
  }

  /// The number of the state that it is called with, or 0.
  int state() {
    return state;
  }

  /// The current thread's copy of the function.
  ///
  /// @param held the state for it, if it needs one
  @SuppressWarnings("unchecked") // the parent sends functions only
  TaskFunction<@Nullable Object, @Nullable Object> get(@Nullable Instance held) throws Exception {
    Thread.currentThread().setContextClassLoader(loader);
    Object copy = copies.get();
    if (copy == null) {
      Nesting.beginReading();
      try {
        copy = decode();
      } finally {
        Nesting.endReading();
      }
      copies.set(copy);
    }
    if (held == null) {
      return (TaskFunction<@Nullable Object, @Nullable Object>) copy;
    }
    var stateful = (StatefulFunction<@Nullable Object, @Nullable Object, @Nullable Object>) copy;
    return item -> stateful.apply(held.value(), item);
  }

  private Object decode() throws Exception {
    Object function = decoder.decode(Input.of(encoded), loader);
    if (function == null) {
      throw new IllegalStateException("no function");
    }
    return function;
  }
}
