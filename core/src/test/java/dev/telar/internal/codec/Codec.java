package dev.telar.internal.codec;

import java.io.IOException;
import java.util.function.Supplier;

/// Both ends of a channel in one JVM, for tests.
final class Codec {
  final ClassDictionary dictionary = new ClassDictionary();
  final Encoder encoder = new Encoder(dictionary);
  final ClassTable table = new ClassTable();
  final Decoder decoder = new Decoder(table);
  final ClassSet described = new ClassSet();
  final ClassLoader loader = Codec.class.getClassLoader();

  @SuppressWarnings("unchecked")
  <T> T roundTrip(T value) throws IOException {
    return (T) decode(encode(value));
  }

  byte[] encode(Object value) throws IOException {
    var out = new Output();
    encoder.encode(value, out);
    describe(out.classes());
    return out.toByteArray();
  }

  Object decode(byte[] bytes) throws IOException {
    return decoder.decode(Input.of(bytes), loader);
  }

  synchronized void describe(ClassSet classes) throws IOException {
    for (int id : classes.missingFrom(described)) {
      var frame = new Output();
      dictionary.describe(id, frame);
      table.define(Input.of(frame.toByteArray()));
      described.add(id);
    }
  }

  /// Runs something on a thread with another stack size.
  static <T> T onStack(long bytes, Supplier<T> action) throws InterruptedException {
    var result = new Object[1];
    var failure = new Throwable[1];
    var thread =
        new Thread(
            null,
            () -> {
              try {
                result[0] = action.get();
              } catch (Throwable e) {
                failure[0] = e;
              }
            },
            "stack of " + bytes,
            bytes);
    thread.start();
    thread.join();
    if (failure[0] != null) {
      throw new AssertionError(failure[0]);
    }
    @SuppressWarnings("unchecked")
    T value = (T) result[0];
    return value;
  }
}
