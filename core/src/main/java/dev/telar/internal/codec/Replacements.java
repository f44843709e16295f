package dev.telar.internal.codec;

import java.io.IOException;
import java.io.NotSerializableException;
import java.io.Serializable;
import java.lang.foreign.MemorySegment;
import java.lang.reflect.Modifier;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.AbstractMap.SimpleImmutableEntry;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// What travels in place of objects that people hand over every day though the JDK does not
/// serialize them, wherever they are nested.
///
/// | object | arrives as |
/// |---|---|
/// | `Path` of the default file system | an equal path |
/// | `Optional`, `OptionalInt`, … | an equal one |
/// | `Charset` | the charset of that name |
/// | `ByteBuffer` | a copy of what remains, from position 0; direct, read-only, order are kept |
/// | `MemorySegment` | a copy in memory of the same kind (an array, or native and freed by the garbage collector); read-only is kept |
/// | `Map.Entry` of the JDK's | an immutable entry (a copy could not write through to its map) |
/// | list views (`subList`, `reversed`), `values` | a copy: `ArrayList`, or an immutable list |
/// | `keySet`, `entrySet` | a `LinkedHashSet`, or a `TreeSet` if sorted |
/// | views of maps and deques | a `LinkedHashMap`, or a `TreeMap` if sorted; a `LinkedList` |
/// | a record that is not `Serializable` | a new one made by its canonical constructor |
///
/// Collections and entries of *users'* classes that are not `Serializable` stay errors: nobody but
/// their author knows what a copy of them is.
///
/// Where such an object is part of a cycle (a record that holds a list that holds the record), the
/// inner reference arrives as the stand-in, and reading fails with a `ClassCastException` or leaves
/// the stand-in in a field of type `Object`: the limit of `readResolve` everywhere in Java.
final class Replacements {
  private static final Module JDK_BASE = Object.class.getModule();

  private static final ClassValue<Replacement> OF_CLASS =
      new ClassValue<>() {
        @Override
        protected Replacement computeValue(Class<?> type) {
          return choose(type);
        }
      };

  private static final Replacement NONE = (object, bulk, out) -> object;

  private Replacements() {}

  @FunctionalInterface
  private interface Replacement {
    Object of(Object object, BulkSink bulk, Output out) throws IOException;

    /// One that needs no memory beside the message.
    static Replacement simple(Simple replacement) {
      return (object, bulk, out) -> replacement.of(object);
    }
  }

  @FunctionalInterface
  private interface Simple {
    Object of(Object object) throws IOException;
  }

  /// Returns what is to be written for `object`: nearly always itself. Large values go into memory
  /// of `bulk`, if there is any, and the loan of it into `out`.
  ///
  /// @throws NotSerializableException if it is of a kind that is replaced, but this one cannot be
  static Object replace(Object object, BulkSink bulk, Output out) throws IOException {
    return OF_CLASS.get(object.getClass()).of(object, bulk, out);
  }

  private static Replacement choose(Class<?> type) {
    if (type.isArray() && type.getComponentType().isPrimitive()) {
      return (each, bulk, out) -> {
        BulkReference reference = BulkForm.ofArray(each, bulk, out);
        return reference == null ? each : reference;
      };
    }
    if (ByteBuffer.class.isAssignableFrom(type)) {
      return (each, bulk, out) -> BulkForm.ofBuffer((ByteBuffer) each, bulk, out);
    }
    if (MemorySegment.class.isAssignableFrom(type)) {
      return (each, bulk, out) -> BulkForm.ofSegment((MemorySegment) each, bulk, out);
    }
    Simple simple = chooseSimple(type);
    return simple == null ? NONE : Replacement.simple(simple);
  }

  private static @Nullable Simple chooseSimple(Class<?> type) {
    if (Serializable.class.isAssignableFrom(type) || type.isArray()) {
      return choosePretender(type);
    }
    if (type.isRecord()) {
      return RecordStandIn::of;
    }
    if (type == Optional.class) {
      return each -> new StandIns.OfOptional(((Optional<?>) each).orElse(null));
    }
    if (type == OptionalInt.class) {
      return StandIns.OfOptionalInt::of;
    }
    if (type == OptionalLong.class) {
      return StandIns.OfOptionalLong::of;
    }
    if (type == OptionalDouble.class) {
      return StandIns.OfOptionalDouble::of;
    }
    if (Charset.class.isAssignableFrom(type)) {
      return each -> new StandIns.OfCharset(((Charset) each).name());
    }
    if (Path.class.isAssignableFrom(type)) {
      return each -> path((Path) each);
    }
    return type.getModule() == JDK_BASE ? chooseView(type) : null;
  }

  /// Two lists of the JDK's are `Serializable`, and yet are not: one throws, and the filter takes
  /// the length of the other for that of an array that its few bytes could never fill.
  private static @Nullable Simple choosePretender(Class<?> type) {
    return switch (type.getName()) {
      case "java.util.LinkedList$ReverseOrderLinkedListView" -> each -> copy((Deque<?>) each);
      case "java.util.Collections$CopiesList" ->
          each -> {
            var copies = (List<?>) each;
            return copies.isEmpty()
                ? copies
                : new StandIns.OfCopies(copies.size(), copies.getFirst());
          };
      default -> null;
    };
  }

  /// Views are classes that nobody can name, which tells them from collections such as `DelayQueue`
  /// and `WeakHashMap`, whose nature a copy would lose.
  private static @Nullable Simple chooseView(Class<?> type) {
    if (Map.Entry.class.isAssignableFrom(type)) {
      return each -> entry((Map.Entry<?, ?>) each);
    }
    if (Modifier.isPublic(type.getModifiers())) {
      return null;
    }
    if (SortedMap.class.isAssignableFrom(type)) {
      return each -> new TreeMap<>((SortedMap<?, ?>) each);
    }
    if (Map.class.isAssignableFrom(type)) {
      return each -> new LinkedHashMap<>((Map<?, ?>) each);
    }
    if (SortedSet.class.isAssignableFrom(type)) {
      return each -> new TreeSet<>((SortedSet<?>) each);
    }
    if (Set.class.isAssignableFrom(type)) {
      return each -> new LinkedHashSet<>((Set<?>) each);
    }
    if (List.class.isAssignableFrom(type)) {
      boolean immutable = type.getName().startsWith("java.util.ImmutableCollections");
      return immutable
          ? each -> new StandIns.OfImmutableList(((List<?>) each).toArray())
          : each -> new ArrayList<>((List<?>) each);
    }
    if (Deque.class.isAssignableFrom(type)) {
      return each -> copy((Deque<?>) each);
    }
    if (Collection.class.isAssignableFrom(type)) {
      return each -> new ArrayList<>((Collection<?>) each);
    }
    return null;
  }

  @SuppressWarnings("JdkObsolete") // an ArrayDeque holds no null, and the view of a deque may
  private static Object copy(Deque<?> deque) {
    return new LinkedList<>(deque);
  }

  private static Object entry(Map.Entry<?, ?> entry) {
    return entry.getClass().getName().equals("java.util.KeyValueHolder")
        ? new StandIns.OfEntry(entry.getKey(), entry.getValue())
        : new SimpleImmutableEntry<>(entry);
  }

  private static Object path(Path path) throws NotSerializableException {
    if (!path.getFileSystem().equals(FileSystems.getDefault())) {
      throw new NotSerializableException(
          path.getClass().getName()
              + " of the file system "
              + path.getFileSystem().provider().getScheme()
              + ": only paths of the default file system travel. Pass path.toUri() and open the"
              + " file system inside the task");
    }
    String text = path.toString();
    if (!Path.of(text).equals(path)) {
      throw new NotSerializableException(
          path.getClass().getName() + " whose name is not text in this locale: " + path);
    }
    return new StandIns.OfPath(text);
  }
}
