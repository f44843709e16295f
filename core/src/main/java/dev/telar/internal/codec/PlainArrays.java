package dev.telar.internal.codec;

import org.jspecify.annotations.Nullable;

/// Arrays that need no serialization: the primitive ones in bulk, and those of strings and the
/// common boxes value by value.
final class PlainArrays {
  private PlainArrays() {}

  /// Writes `value` if it is such an array, and tells whether it is.
  static boolean write(Object value, Output out) {
    switch (value) {
      case boolean[] array -> writeBooleans(array, out);
      case byte[] array -> {
        begin(Tags.BYTE_ARRAY, array.length, out);
        out.write(array, 0, array.length);
      }
      case short[] array -> {
        begin(Tags.SHORT_ARRAY, array.length, out);
        out.writePieces(2, array.length, (to, at, n) -> to.asShortBuffer().put(array, at, n));
      }
      case char[] array -> {
        begin(Tags.CHAR_ARRAY, array.length, out);
        out.writePieces(2, array.length, (to, at, n) -> to.asCharBuffer().put(array, at, n));
      }
      case int[] array -> {
        begin(Tags.INT_ARRAY, array.length, out);
        out.writePieces(4, array.length, (to, at, n) -> to.asIntBuffer().put(array, at, n));
      }
      case long[] array -> {
        begin(Tags.LONG_ARRAY, array.length, out);
        out.writePieces(8, array.length, (to, at, n) -> to.asLongBuffer().put(array, at, n));
      }
      case float[] array -> {
        begin(Tags.FLOAT_ARRAY, array.length, out);
        out.writePieces(4, array.length, (to, at, n) -> to.asFloatBuffer().put(array, at, n));
      }
      case double[] array -> {
        begin(Tags.DOUBLE_ARRAY, array.length, out);
        out.writePieces(8, array.length, (to, at, n) -> to.asDoubleBuffer().put(array, at, n));
      }
      default -> {
        return writeValues(value, out);
      }
    }
    return true;
  }

  private static void begin(int tag, int length, Output out) {
    out.writeByte(tag);
    out.writeSize(length);
  }

  private static void writeBooleans(boolean[] array, Output out) {
    begin(Tags.BOOLEAN_ARRAY, array.length, out);
    out.writePieces(
        1,
        array.length,
        (to, at, n) -> {
          for (int i = at; i < at + n; i++) {
            to.put((byte) (array[i] ? 1 : 0));
          }
        });
  }

  /// Compares the exact class: a `String[]` is also an `Object[]`, but must come back as it was.
  private static boolean writeValues(Object value, Output out) {
    int component = componentTag(value.getClass());
    if (component < 0) {
      return false;
    }
    var array = (@Nullable Object[]) value;
    out.writeByte(Tags.VALUES);
    out.writeByte(component);
    out.writeSize(array.length);
    for (@Nullable Object each : array) {
      PlainValues.write(each, out);
    }
    return true;
  }

  private static int componentTag(Class<?> type) {
    return type == String[].class
        ? Tags.STRING
        : type == Integer[].class
            ? Tags.INT
            : type == Long[].class ? Tags.LONG : type == Double[].class ? Tags.DOUBLE : -1;
  }

  /// Reads the array whose tag has just been read.
  static Object read(int tag, Input in) throws CorruptMessageException {
    return switch (tag) {
      case Tags.BOOLEAN_ARRAY -> readBooleans(in);
      case Tags.BYTE_ARRAY -> in.readBytes(in.readSize());
      case Tags.SHORT_ARRAY -> {
        short[] array = new short[length(2, in)];
        in.readPieces(2, array.length, (from, at, n) -> from.asShortBuffer().get(array, at, n));
        yield array;
      }
      case Tags.CHAR_ARRAY -> {
        char[] array = new char[length(2, in)];
        in.readPieces(2, array.length, (from, at, n) -> from.asCharBuffer().get(array, at, n));
        yield array;
      }
      case Tags.INT_ARRAY -> {
        int[] array = new int[length(4, in)];
        in.readPieces(4, array.length, (from, at, n) -> from.asIntBuffer().get(array, at, n));
        yield array;
      }
      case Tags.LONG_ARRAY -> {
        long[] array = new long[length(8, in)];
        in.readPieces(8, array.length, (from, at, n) -> from.asLongBuffer().get(array, at, n));
        yield array;
      }
      case Tags.FLOAT_ARRAY -> {
        float[] array = new float[length(4, in)];
        in.readPieces(4, array.length, (from, at, n) -> from.asFloatBuffer().get(array, at, n));
        yield array;
      }
      case Tags.DOUBLE_ARRAY -> {
        double[] array = new double[length(8, in)];
        in.readPieces(8, array.length, (from, at, n) -> from.asDoubleBuffer().get(array, at, n));
        yield array;
      }
      default -> readValues(in);
    };
  }

  private static int length(int width, Input in) throws CorruptMessageException {
    int length = in.readSize();
    in.need((long) length * width);
    return length;
  }

  private static boolean[] readBooleans(Input in) throws CorruptMessageException {
    boolean[] array = new boolean[length(1, in)];
    in.readPieces(
        1,
        array.length,
        (from, at, n) -> {
          for (int i = at; i < at + n; i++) {
            array[i] = from.get() != 0;
          }
        });
    return array;
  }

  private static @Nullable Object[] readValues(Input in) throws CorruptMessageException {
    int component = in.readByte();
    int length = length(1, in);
    @Nullable Object[] array =
        switch (component) {
          case Tags.STRING -> new String[length];
          case Tags.INT -> new Integer[length];
          case Tags.LONG -> new Long[length];
          case Tags.DOUBLE -> new Double[length];
          default ->
              throw new CorruptMessageException("no array has components of tag " + component);
        };
    for (int i = 0; i < length; i++) {
      int tag = in.readByte();
      if (tag != component && tag != Tags.NULL) {
        throw new CorruptMessageException(
            "an element of tag " + tag + " in an array of " + component);
      }
      array[i] = PlainValues.read(tag, in);
    }
    return array;
  }
}
