package dev.telar.internal.process;

import java.io.InputStream;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The class loaders of this JVM that workers have to be helped with, by number. Number 0 is the
/// application's: workers have the same. Thread-safe.
final class Loaders {

  private final IdentityHashMap<ClassLoader, Integer> numbers = new IdentityHashMap<>();
  private final List<ClassLoader> loaders = new ArrayList<>();

  Loaders() {
    loaders.add(ClassLoader.getSystemClassLoader());
  }

  /// The loader that knows the classes of a task: the loader of its own class; or, if that is the
  /// application's, the context loader of this thread if that knows more.
  int numberFor(Object task) {
    ClassLoader loader = task.getClass().getClassLoader();
    if (isCommon(loader)) {
      loader = Thread.currentThread().getContextClassLoader();
    }
    return isCommon(loader) ? 0 : number(loader);
  }

  /// Whether a loader is the application's or one above it.
  @SuppressWarnings("ReferenceEquality") // class loaders have identity
  private static boolean isCommon(@Nullable ClassLoader loader) {
    if (loader == null) {
      return true;
    }
    for (ClassLoader l = ClassLoader.getSystemClassLoader(); l != null; l = l.getParent()) {
      if (l == loader) {
        return true;
      }
    }
    return false;
  }

  private int number(@Nullable ClassLoader loader) {
    if (loader == null) {
      return 0;
    }
    synchronized (numbers) {
      Integer known = numbers.get(loader);
      if (known == null) {
        known = loaders.size();
        numbers.put(loader, known);
        loaders.add(loader);
      }
      return known;
    }
  }

  ClassLoader get(int number) {
    synchronized (numbers) {
      return loaders.get(number);
    }
  }

  /// What a loader has under a name. Runs code of the loader's, which may be the user's.
  ///
  /// @return null if it has nothing
  byte @Nullable [] resource(int number, String name) {
    try (InputStream in = get(number).getResourceAsStream(name)) {
      return in == null ? null : in.readAllBytes();
    } catch (Throwable e) { // whatever it is, the worker waits for an answer
      return null;
    }
  }
}
