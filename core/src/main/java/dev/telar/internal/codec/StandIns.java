package dev.telar.internal.codec;

import java.io.Serializable;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The small objects that travel in place of those in [Replacements], and turn back into them when
/// they are read.
@SuppressWarnings("ArrayRecordComponent") // never compared
final class StandIns {
  private StandIns() {}

  record OfOptional(@Nullable Object value) implements Serializable {
    private Object readResolve() {
      return Optional.ofNullable(value);
    }
  }

  record OfOptionalInt(boolean present, int value) implements Serializable {
    static Object of(Object optional) {
      var each = (OptionalInt) optional;
      return new OfOptionalInt(each.isPresent(), each.orElse(0));
    }

    private Object readResolve() {
      return present ? OptionalInt.of(value) : OptionalInt.empty();
    }
  }

  record OfOptionalLong(boolean present, long value) implements Serializable {
    static Object of(Object optional) {
      var each = (OptionalLong) optional;
      return new OfOptionalLong(each.isPresent(), each.orElse(0));
    }

    private Object readResolve() {
      return present ? OptionalLong.of(value) : OptionalLong.empty();
    }
  }

  record OfOptionalDouble(boolean present, double value) implements Serializable {
    static Object of(Object optional) {
      var each = (OptionalDouble) optional;
      return new OfOptionalDouble(each.isPresent(), each.orElse(0));
    }

    private Object readResolve() {
      return present ? OptionalDouble.of(value) : OptionalDouble.empty();
    }
  }

  record OfCharset(String name) implements Serializable {
    private Object readResolve() {
      return Charset.forName(name);
    }
  }

  record OfPath(String path) implements Serializable {
    private Object readResolve() {
      return Path.of(path);
    }
  }

  record OfEntry(Object key, Object value) implements Serializable {
    private Object readResolve() {
      return Map.entry(key, value);
    }
  }

  /// Not for `List.of`, which serializes itself: for part of such a list, or of one from
  /// `Stream.toList`, which may hold nulls.
  record OfImmutableList(@Nullable Object[] elements) implements Serializable {
    private Object readResolve() {
      return Stream.of(elements).toList();
    }
  }

  record OfCopies(int count, @Nullable Object element) implements Serializable {
    private Object readResolve() {
      return Collections.nCopies(count, element);
    }
  }
}
