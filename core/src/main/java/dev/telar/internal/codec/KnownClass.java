package dev.telar.internal.codec;

import java.io.InvalidClassException;
import java.lang.ref.WeakReference;
import org.jspecify.annotations.Nullable;

/// A description, and the class it led to the last time: a worker has one loader for nearly all its
/// tasks, and finding and comparing a class costs more than reading a small object.
final class KnownClass {
  private final ClassShape shape;
  private volatile @Nullable Resolution last;

  private record Resolution(WeakReference<ClassLoader> loader, WeakReference<Class<?>> type) {}

  KnownClass(ClassShape shape) {
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
    Class<?> type = ClassTable.load(shape.name(), loader);
    shape.verify(type);
    last = new Resolution(new WeakReference<>(loader), new WeakReference<>(type));
    return type;
  }
}
