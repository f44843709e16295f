package dev.telar.internal.codec;

import java.io.IOException;
import java.io.InvalidClassException;
import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// The receiver's side of a [ClassDictionary]: what the numbers of one sender mean. Thread-safe.
public final class ClassTable implements ClassFinding {
  private final Map<Integer, KnownClass> entries = new ConcurrentHashMap<>();
  private final Map<Integer, LambdaShape> lambdas = new ConcurrentHashMap<>();

  /// Creates an empty table.
  public ClassTable() {}

  /// Reads one description, as [ClassDictionary#describe] wrote it. A number that is already known
  /// keeps its meaning.
  public void define(Input in) throws CorruptMessageException {
    int id = in.readSize();
    if (in.readBoolean()) {
      lambdas.putIfAbsent(id, LambdaShape.read(in));
    } else {
      entries.putIfAbsent(id, new KnownClass(ClassShape.read(in)));
    }
  }

  /// Returns the kind of lambda that a number stands for.
  LambdaShape lambda(int id) throws InvalidObjectException {
    LambdaShape shape = lambdas.get(id);
    if (shape == null) {
      throw new InvalidObjectException("lambda number " + id + " was never described");
    }
    return shape;
  }

  @Override
  public Class<?> read(ObjectInputStream stream, ClassLoader loader)
      throws IOException, ClassNotFoundException {
    int id = 0;
    for (int shift = 0; shift < 35; shift += 7) {
      int each = stream.readUnsignedByte();
      id |= (each & 0x7f) << shift;
      if (each < 0x80) {
        return resolve(id, loader);
      }
    }
    throw new InvalidObjectException("a class number has more bytes than any number needs");
  }

  /// Returns the class that a number stands for, as `loader` finds it.
  Class<?> resolve(int id, ClassLoader loader)
      throws ClassNotFoundException, InvalidObjectException, InvalidClassException {
    KnownClass entry = entries.get(id);
    if (entry == null) {
      throw new InvalidObjectException("class number " + id + " was never described");
    }
    return entry.resolve(loader);
  }

  /// Loads a class without initializing it; knows the primitive types, too.
  static Class<?> load(String name, ClassLoader loader) throws ClassNotFoundException {
    try {
      return Class.forName(name, false, loader);
    } catch (ClassNotFoundException e) {
      Class<?> primitive = Class.forPrimitiveName(name);
      if (primitive != null) {
        return primitive;
      }
      throw e;
    }
  }
}
