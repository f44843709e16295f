package dev.telar.internal.codec;

import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// A message being read: the mirror of [Output], over one or more segments, which are not copied.
///
/// Every read is checked: where the bytes end too soon it throws [CorruptMessageException], and no
/// length found in the bytes makes it allocate more than the bytes left can fill.
///
/// For one thread at a time. The segments must not change while it is in use.
public final class Input extends InputStream {
  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);
  private static final ByteBuffer[] NO_MORE = {};

  private final ByteBuffer[] segments;
  private int next;
  private ByteBuffer current = NOTHING;
  private int later;

  /// Reads a run of array elements from a buffer that holds exactly them.
  @FunctionalInterface
  interface Piece {
    void get(ByteBuffer buffer, int firstElement, int elements);
  }

  private Input(ByteBuffer[] segments) {
    this.segments = segments;
    long total = 0;
    for (ByteBuffer each : segments) {
      total += each.remaining();
    }
    if (total > Integer.MAX_VALUE) {
      throw new IllegalArgumentException("a message of " + total + " bytes is over 2 GiB");
    }
    later = (int) total;
    advance();
  }

  private Input(ByteBuffer only) {
    segments = NO_MORE;
    current = only;
  }

  /// Returns an input over an array.
  public static Input of(byte[] only) {
    return new Input(ByteBuffer.wrap(only));
  }

  /// Returns an input over arrays, in order.
  public static Input of(byte[]... segments) {
    var buffers = new ByteBuffer[segments.length];
    for (int i = 0; i < segments.length; i++) {
      buffers[i] = ByteBuffer.wrap(segments[i]);
    }
    return new Input(buffers);
  }

  /// Returns an input over what remains in buffers, in order; their positions do not move. Direct
  /// buffers are fine.
  public static Input of(ByteBuffer... segments) {
    var buffers = new ByteBuffer[segments.length];
    for (int i = 0; i < segments.length; i++) {
      buffers[i] = segments[i].duplicate(); // a duplicate is big endian whatever its source was
    }
    return new Input(buffers);
  }

  /// Returns how many bytes are left.
  public int remaining() {
    return current.remaining() + later;
  }

  /// Splits off the next `length` bytes as an input of their own, without copying them, and skips
  /// them here.
  public Input slice(int length) throws CorruptMessageException {
    need(length);
    if (length <= current.remaining()) {
      return new Input(take(length));
    }
    var parts = new ByteBuffer[segments.length - next + 1];
    int count = 0;
    for (int rest = length; rest > 0; ) {
      settle();
      ByteBuffer part = take(Math.min(rest, current.remaining()));
      parts[count++] = part;
      rest -= part.remaining();
    }
    return new Input(Arrays.copyOf(parts, count));
  }

  /// Returns an input over what is left here, which moves on its own and shares the bytes.
  public Input copy() {
    var rest = new ByteBuffer[segments.length - next + 1];
    rest[0] = current.duplicate();
    for (int i = 1; i < rest.length; i++) {
      rest[i] = segments[next + i - 1].duplicate();
    }
    return new Input(rest);
  }

  /// Returns the next byte (0 to 255) and leaves it there.
  public int peekByte() throws CorruptMessageException {
    need(1);
    settle();
    return current.get(current.position()) & 0xff;
  }

  /// Returns the next byte, 0 to 255.
  public int readByte() throws CorruptMessageException {
    if (current.hasRemaining()) {
      return current.get() & 0xff;
    }
    need(1);
    settle();
    return current.get() & 0xff;
  }

  /// Returns whether the next byte is not 0.
  public boolean readBoolean() throws CorruptMessageException {
    return readByte() != 0;
  }

  /// Reads two bytes.
  public short readShort() throws CorruptMessageException {
    return current.remaining() >= 2 ? current.getShort() : (short) readSlowly(2);
  }

  /// Reads four bytes.
  public int readInt() throws CorruptMessageException {
    return current.remaining() >= 4 ? current.getInt() : (int) readSlowly(4);
  }

  /// Reads eight bytes.
  public long readLong() throws CorruptMessageException {
    return current.remaining() >= 8 ? current.getLong() : readSlowly(8);
  }

  /// Reads a float with its exact bits.
  public float readFloat() throws CorruptMessageException {
    return Float.intBitsToFloat(readInt());
  }

  /// Reads a double with its exact bits.
  public double readDouble() throws CorruptMessageException {
    return Double.longBitsToDouble(readLong());
  }

  /// Reads what [Output#writeSize] wrote.
  public int readSize() throws CorruptMessageException {
    long size = readVarLong();
    if (size > Integer.MAX_VALUE) {
      throw new CorruptMessageException("a size of " + size + " is not possible");
    }
    return (int) size;
  }

  private long readVarLong() throws CorruptMessageException {
    long value = 0;
    for (int shift = 0; shift < 35; shift += 7) {
      int each = readByte();
      value |= (long) (each & 0x7f) << shift;
      if (each < 0x80) {
        return value;
      }
    }
    throw new CorruptMessageException("a size has more bytes than any size needs");
  }

  /// Reads what [Output#writeUtf] wrote.
  public String readUtf() throws CorruptMessageException {
    long header = readVarLong();
    long length = header >>> 1;
    if ((header & 1) != 0) {
      return readUtf16(length);
    }
    int count = (int) need(length);
    if (current.hasArray() && current.remaining() >= count) {
      int at = current.position();
      current.position(at + count);
      return new String(
          current.array(), current.arrayOffset() + at, count, StandardCharsets.ISO_8859_1);
    }
    byte[] bytes = new byte[count];
    read(bytes, 0, count);
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  private String readUtf16(long length) throws CorruptMessageException {
    char[] chars = new char[(int) (need(length * Character.BYTES) / Character.BYTES)];
    readPieces(
        Character.BYTES,
        chars.length,
        (buffer, first, n) -> buffer.asCharBuffer().get(chars, first, n));
    return new String(chars);
  }

  /// Reads exactly `length` bytes.
  public byte[] readBytes(int length) throws CorruptMessageException {
    need(length);
    byte[] bytes = new byte[length];
    read(bytes, 0, length);
    return bytes;
  }

  @Override
  public int read() {
    if (!current.hasRemaining()) {
      if (later == 0) {
        return -1;
      }
      settle();
    }
    return current.get() & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) {
    if (length == 0) {
      return 0;
    }
    int count = Math.min(length, remaining());
    if (count == 0) {
      return -1;
    }
    for (int done = 0; done < count; ) {
      settle();
      int run = Math.min(count - done, current.remaining());
      current.get(bytes, offset + done, run);
      done += run;
    }
    return count;
  }

  @Override
  public int available() {
    return remaining();
  }

  @Override
  public long skip(long count) {
    int skipped = Math.clamp(count, 0, remaining());
    for (int rest = skipped; rest > 0; ) {
      settle();
      int run = Math.min(rest, current.remaining());
      current.position(current.position() + run);
      rest -= run;
    }
    return skipped;
  }

  /// Reads `count` elements of `width` bytes each, little endian; the caller has checked that they
  /// are there. An element that straddles two segments comes as a piece of its own.
  void readPieces(int width, int count, Piece piece) throws CorruptMessageException {
    for (int done = 0; done < count; ) {
      settle();
      int run = Math.min(count - done, current.remaining() / width);
      if (run > 0) {
        piece.get(take(run * width).order(ByteOrder.LITTLE_ENDIAN), done, run);
        done += run;
      } else {
        byte[] straddler = readBytes(width);
        piece.get(ByteBuffer.wrap(straddler).order(ByteOrder.LITTLE_ENDIAN), done, 1);
        done++;
      }
    }
  }

  /// Checks that `bytes` more bytes are there, before anything is allocated for them.
  long need(long bytes) throws CorruptMessageException {
    if (bytes < 0 || bytes > remaining()) {
      throw new CorruptMessageException(
          "the message ends too soon: " + bytes + " bytes expected, " + remaining() + " left");
    }
    return bytes;
  }

  private long readSlowly(int width) throws CorruptMessageException {
    need(width);
    long value = 0;
    for (int i = 0; i < width; i++) {
      value = value << 8 | readByte();
    }
    return value;
  }

  private ByteBuffer take(int length) {
    ByteBuffer part = current.slice(current.position(), length);
    current.position(current.position() + length);
    return part;
  }

  /// Moves on to a segment that has bytes left, if there is one.
  private void settle() {
    if (!current.hasRemaining()) {
      advance();
    }
  }

  private void advance() {
    while (later > 0 && !current.hasRemaining()) {
      current = segments[next++];
      later -= current.remaining();
    }
  }
}
