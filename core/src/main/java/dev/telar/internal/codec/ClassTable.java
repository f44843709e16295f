package dev.telar.internal.codec;

import java.io.InvalidClassException;
import java.io.InvalidObjectException;
import java.lang.ref.WeakReference;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// The receiver's side of a [ClassDictionary]: what the numbers of one sender mean. Thread-safe.
public final class ClassTable {
  private final Map<Integer, Entry> entries = new ConcurrentHashMap<>();

  /// Creates an empty table.
  public ClassTable() {}

  /// Reads one description, as [ClassDictionary#describe] wrote it. A number that is already known
  /// keeps its meaning.
  public void define(Input in) throws CorruptMessageException {
    int id = in.readSize();
    entries.putIfAbsent(id, new Entry(ClassShape.read(in)));
  }

  /// Returns the class that a number stands for, as `loader` finds it.
  Class<?> resolve(int id, ClassLoader loader)
      throws ClassNotFoundException, InvalidObjectException, InvalidClassException {
    Entry entry = entries.get(id);
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

  /// A description, and the class it led to the last time: a worker has one loader for nearly all
  /// its tasks, and finding and comparing a class costs more than reading a small object.
  private static final class Entry {
    private final ClassShape shape;
    private volatile @Nullable Resolution last;

    private record Resolution(WeakReference<ClassLoader> loader, WeakReference<Class<?>> type) {}

    Entry(ClassShape shape) {
      this.shape = shape;
    }

    Class<?> resolve(ClassLoader loader) throws ClassNotFoundException, InvalidClassException {
      Resolution known = last;
      if (known != null && known.loader.refersTo(loader)) {
        Class<?> type = known.type.get();
        if (type != null) {
          return type;
        }
      }
      Class<?> type = load(shape.name(), loader);
      shape.verify(type);
      last = new Resolution(new WeakReference<>(loader), new WeakReference<>(type));
      return type;
    }
  }
}
