package dev.telar.internal.codec;

import java.io.IOException;
import java.io.ObjectOutputStream;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/// The sender's numbers for classes, and for kinds of lambdas, shared by all messages of a pool.
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
  private final Map<Integer, Description> descriptions = new ConcurrentHashMap<>();
  private final Map<LambdaShape, Integer> lambdas = new ConcurrentHashMap<>();

  private final ClassValue<Integer> ids =
      new ClassValue<>() {
        @Override
        protected Integer computeValue(Class<?> type) {
          // Two threads may compute at once; one of the numbers is then never used.
          return number(ClassShape.of(type));
        }
      };

  /// Creates an empty dictionary.
  public ClassDictionary() {}

  private int number(Description description) {
    int id = next.getAndIncrement();
    descriptions.put(id, description);
    return id;
  }

  /// Returns the number of a class, which it keeps for the life of this dictionary.
  public int idOf(Class<?> type) {
    return ids.get(type);
  }

  @Override
  public void write(Class<?> type, ObjectOutputStream stream, Output message) throws IOException {
    int rest = refer(type, message);
    for (; rest >= 0x80; rest >>>= 7) {
      stream.write(rest | 0x80);
    }
    stream.write(rest);
  }

  /// Returns the number of a class that `message` names.
  int refer(Class<?> type, Output message) {
    int id = idOf(type);
    message.classes().add(id);
    return id;
  }

  /// Returns the number of a kind of lambda that `message` names.
  int refer(LambdaShape shape, Output message) {
    Integer known = lambdas.get(shape);
    int id = known != null ? known : lambdas.computeIfAbsent(shape, this::number);
    message.classes().add(id);
    return id;
  }

  /// Writes number and description of a class or lambda, as [ClassTable#define] reads them.
  ///
  /// @throws IllegalArgumentException if no class has that number
  public void describe(int id, Output out) {
    Description description = descriptions.get(id);
    if (description == null) {
      throw new IllegalArgumentException("no class has the number " + id);
    }
    out.writeSize(id);
    out.writeBoolean(description instanceof LambdaShape);
    description.write(out);
  }
}
