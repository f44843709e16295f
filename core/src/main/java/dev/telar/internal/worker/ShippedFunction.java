package dev.telar.internal.worker;

import dev.telar.TaskFunction;
import dev.telar.internal.codec.Decoder;
import dev.telar.internal.codec.Input;
import dev.telar.internal.system.Nesting;
import org.jspecify.annotations.Nullable;

/// A function as it came from the parent. It is read by the first job that needs it, in that job's thread:
/// reading runs user code. Each job thread gets a copy of its own, as each process does, so that a
/// function with state is not shared by accident.
final class ShippedFunction {

  private final ClassLoader loader;
  private final Input encoded;
  private final Decoder decoder;
  private final ThreadLocal<@Nullable TaskFunction<@Nullable Object, @Nullable Object>> copies =
      new ThreadLocal<>();

  ShippedFunction(ClassLoader loader, Input encoded, Decoder decoder) {
    this.loader = loader;
    this.encoded = encoded;
    this.decoder = decoder;
  }

  ClassLoader loader() {
    return loader;
  }

  @SuppressWarnings("unchecked") // the parent sends functions only
  TaskFunction<@Nullable Object, @Nullable Object> get() throws Exception {
    Thread.currentThread().setContextClassLoader(loader);
    TaskFunction<@Nullable Object, @Nullable Object> copy = copies.get();
    if (copy == null) {
      Nesting.beginReading();
      try {
        copy = (TaskFunction<@Nullable Object, @Nullable Object>) decode();
      } finally {
        Nesting.endReading();
      }
      copies.set(copy);
    }
    return copy;
  }

  private Object decode() throws Exception {
    Input copy;
    synchronized (encoded) {
      copy = encoded.copy();
    }
    Object function = decoder.decode(copy, loader);
    if (function == null) {
      throw new IllegalStateException("no function");
    }
    return function;
  }
}
