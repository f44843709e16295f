package dev.telar.internal.codec;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Lists of nothing but boxes, strings and nulls, which JDK serialization is slowest at: ten times
/// as slow as this. They come back as the class they were.
///
/// The first other element ends the attempt; the list is then serialized like any object. So does a
/// long string: serialization writes one that occurs often once, this way would write it each time.
final class PlainLists {
  private static final Class<?> IMMUTABLE = List.of().getClass();
  private static final int FEWEST_IMMUTABLE = 16;

  private PlainLists() {}

  /// Writes `value` if it is such a list, and tells whether it is; if not, nothing is written.
  static boolean write(Object value, Output out) {
    int tag = tag(value);
    if (tag < 0) {
      return false;
    }
    @Nullable Object[] elements = ((List<?>) value).toArray();
    int start = out.size();
    out.writeByte(tag);
    out.writeSize(elements.length);
    for (@Nullable Object each : elements) {
      if (!PlainValues.isShort(each) || !PlainValues.write(each, out)) {
        out.truncate(start);
        return false;
      }
    }
    return true;
  }

  private static int tag(Object value) {
    Class<?> type = value.getClass();
    if (type == ArrayList.class) {
      return Tags.ARRAY_LIST;
    }
    // Finding out whether nulls are allowed costs an exception: too much for a few elements.
    return type == IMMUTABLE && ((List<?>) value).size() >= FEWEST_IMMUTABLE
        ? allowsNull((List<?>) value) ? Tags.STREAM_LIST : Tags.LIST_OF
        : -1;
  }

  /// Lists of `List.of` and of `Stream.toList` are of one class, but only the latter can be asked
  /// for null.
  private static boolean allowsNull(List<?> list) {
    try {
      boolean _ = list.contains(null);
      return true;
    } catch (NullPointerException e) {
      return false;
    }
  }

  /// Reads the list whose tag has just been read.
  static List<?> read(int tag, Input in) throws CorruptMessageException {
    int length = in.readSize();
    in.need(length);
    var elements = new @Nullable Object[length];
    for (int i = 0; i < length; i++) {
      elements[i] = PlainValues.read(in.readByte(), in);
    }
    return switch (tag) {
      case Tags.ARRAY_LIST -> new ArrayList<>(Arrays.asList(elements));
      case Tags.STREAM_LIST -> Stream.of(elements).toList();
      default -> listOf(elements);
    };
  }

  private static List<?> listOf(@Nullable Object[] elements) throws CorruptMessageException {
    try {
      return List.of(elements);
    } catch (NullPointerException e) {
      throw new CorruptMessageException("a null in a list that holds none");
    }
  }
}
