package dev.telar.internal.codec;

import org.jspecify.annotations.Nullable;

/// Values that need no serialization: null, boxes, strings. Ordered by how often they occur;
/// neither way allocates anything but the value itself.
final class PlainValues {
  private static final int LONGEST_SHORT = 256;

  private PlainValues() {}

  /// Writes `value` if it is such a value, and tells whether it is.
  static boolean write(@Nullable Object value, Output out) {
    if (value instanceof Integer number) {
      out.writeTagged(Tags.INT, (int) number);
    } else if (value instanceof String text) {
      out.writeByte(Tags.STRING);
      out.writeUtf(text);
    } else if (value instanceof Long number) {
      out.writeTagged(Tags.LONG, (long) number);
    } else if (value instanceof Double number) {
      out.writeTagged(Tags.DOUBLE, Double.doubleToRawLongBits(number));
    } else if (value == null) {
      out.writeByte(Tags.NULL);
    } else if (value instanceof Boolean truth) {
      out.writeByte(truth ? Tags.TRUE : Tags.FALSE);
    } else {
      return writeRare(value, out);
    }
    return true;
  }

  /// Whether a value is one of these, and not a string that is better written once where it occurs
  /// twice.
  static boolean isShort(@Nullable Object value) {
    return switch (value) {
      case null -> true;
      case String text -> text.length() <= LONGEST_SHORT;
      case Integer _, Long _, Double _, Boolean _, Float _, Character _, Short _, Byte _ -> true;
      default -> false;
    };
  }

  private static boolean writeRare(Object value, Output out) {
    switch (value) {
      case Float number -> out.writeTagged(Tags.FLOAT, Float.floatToRawIntBits(number));
      case Character character -> {
        out.writeByte(Tags.CHAR);
        out.writeShort(character);
      }
      case Short number -> {
        out.writeByte(Tags.SHORT);
        out.writeShort(number);
      }
      case Byte number -> {
        out.writeByte(Tags.BYTE);
        out.writeByte(number);
      }
      default -> {
        return false;
      }
    }
    return true;
  }

  /// Reads the value whose tag has just been read.
  static @Nullable Object read(int tag, Input in) throws CorruptMessageException {
    return switch (tag) {
      case Tags.NULL -> null;
      case Tags.TRUE -> true;
      case Tags.FALSE -> false;
      case Tags.BYTE -> (byte) in.readByte();
      case Tags.SHORT -> in.readShort();
      case Tags.CHAR -> (char) in.readShort();
      case Tags.INT -> in.readInt();
      case Tags.LONG -> in.readLong();
      case Tags.FLOAT -> in.readFloat();
      case Tags.DOUBLE -> in.readDouble();
      case Tags.STRING -> in.readUtf();
      default -> throw new CorruptMessageException("no value begins with the byte " + tag);
    };
  }
}
