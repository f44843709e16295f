package dev.telar.internal.codec;

import java.io.IOException;
import java.io.ObjectOutputStream;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/// The sender's numbers for classes, shared by all messages of a pool.
///
/// A task is encoded when it is submitted, before it is known which worker will run it; so the
/// numbers are the pool's, and each channel remembers which of them it has already described to its
/// worker.
///
/// ```text
/// submit:  encode(task) ──► bytes with class ids ──► Output.classes() = {3, 7}
/// channel: {3, 7}.missingFrom(described) = [7] ──► describe(7, frame) ──► ClassTable.define
/// ```
///
/// It keeps no class alive: the number of a class lives with the class, and a description is only
/// text. Thread-safe.
public final class ClassDictionary implements ClassNaming {
  private final AtomicInteger next = new AtomicInteger();
  private final Map<Integer, ClassShape> shapes = new ConcurrentHashMap<>();

  private final ClassValue<Integer> ids =
      new ClassValue<>() {
        @Override
        protected Integer computeValue(Class<?> type) {
          // Two threads may compute at once; one of the numbers is then never used.
          ClassShape shape = ClassShape.of(type);
          int id = next.getAndIncrement();
          shapes.put(id, shape);
          return id;
        }
      };

  /// Creates an empty dictionary.
  public ClassDictionary() {}

  /// Returns the number of a class, which it keeps for the life of this dictionary.
  public int idOf(Class<?> type) {
    return ids.get(type);
  }

  @Override
  public void write(Class<?> type, ObjectOutputStream stream, Output message) throws IOException {
    int id = idOf(type);
    message.classes().add(id);
    int rest = id;
    for (; rest >= 0x80; rest >>>= 7) {
      stream.write(rest | 0x80);
    }
    stream.write(rest);
  }

  /// Writes number and description of a class, as [ClassTable#define] reads them.
  ///
  /// @throws IllegalArgumentException if no class has that number
  public void describe(int id, Output out) {
    ClassShape shape = shapes.get(id);
    if (shape == null) {
      throw new IllegalArgumentException("no class has the number " + id);
    }
    out.writeSize(id);
    shape.write(out);
  }
}
