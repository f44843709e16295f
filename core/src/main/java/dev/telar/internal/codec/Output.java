package dev.telar.internal.codec;

import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// A message being written: a growable sequence of bytes, big endian, up to [Integer#MAX_VALUE].
///
/// The bytes lie in segments that are never copied to grow: a full segment is sealed and a larger
/// one begun, so a large message costs no second copy and [#buffers()] hands the segments
/// themselves to a gathering write. A scalar never straddles two segments.
///
/// For one thread at a time.
@SuppressWarnings("ByteBufferBackingArray") // each of ours wraps an array from its start
public final class Output extends OutputStream {
  private static final int DEFAULT_CAPACITY = 512;
  private static final int LARGEST_SEGMENT = 1 << 20;
  private static final int STRING_PIECE = 1 << 13;

  private final int limit;
  private List<ByteBuffer> sealed = List.of();
  private final ClassSet classes = new ClassSet();
  private List<BulkLoan> loans = List.of();
  private int sealedSize;
  private byte[] segment;
  private int position;

  /// Writes a run of array elements into a buffer that has room for exactly them.
  @FunctionalInterface
  interface Piece {
    void put(ByteBuffer buffer, int firstElement, int elements);
  }

  /// Creates an empty message with room for some small values.
  public Output() {
    this(DEFAULT_CAPACITY);
  }

  /// Creates an empty message with room for `initialCapacity` bytes.
  public Output(int initialCapacity) {
    this(initialCapacity, Integer.MAX_VALUE);
  }

  /// Creates a message that may not exceed `limit` bytes: a test need not fill 2 GiB.
  Output(int initialCapacity, int limit) {
    this.limit = limit;
    this.segment = new byte[Math.min(Math.max(initialCapacity, 16), limit)];
  }

  /// Returns how many bytes have been written.
  public int size() {
    return sealedSize + position;
  }

  /// Forgets everything after the first `size` bytes, as after a value that could not be written.
  ///
  /// @throws IllegalArgumentException if there are fewer bytes than that
  public void truncate(int size) {
    if (size < 0 || size > size()) {
      throw new IllegalArgumentException("cannot cut " + size() + " bytes to " + size);
    }
    while (size < sealedSize) {
      ByteBuffer last = sealed.removeLast();
      segment = last.array();
      position = last.limit();
      sealedSize -= position;
    }
    position = size - sealedSize;
  }

  /// Returns the ids of the dictionary classes that this message refers to. The set is live; it may
  /// hold classes of values that were truncated away, which is harmless.
  public ClassSet classes() {
    return classes;
  }

  /// Returns the memory beside this message that values of it lie in.
  public List<BulkLoan> loans() {
    return loans;
  }

  /// Returns how many bytes lie beside this message.
  public long loanedBytes() {
    long bytes = 0;
    for (BulkLoan loan : loans) {
      bytes += loan.memory().byteSize();
    }
    return bytes;
  }

  void add(BulkLoan loan) {
    if (loans.isEmpty()) {
      loans = new ArrayList<>(1);
    }
    loans.add(loan);
  }

  /// Gives back the memory beside this message: nobody will read it any more.
  public void releaseLoans() {
    loans.forEach(BulkLoan::release);
  }

  /// Leaves it to the receiver to give back the memory beside this message, which was sent.
  public void handOverLoans() {
    loans.forEach(BulkLoan::handOver);
  }

  /// Gives back all loans but the first `count`, as after a value that could not be written.
  void releaseLoansAfter(int count) {
    while (loans.size() > count) {
      loans.removeLast().release();
    }
  }

  /// Returns read-only views of the content, in order, without copying it. They are valid until the
  /// next write or truncation.
  public List<ByteBuffer> buffers() {
    var buffers = new ArrayList<ByteBuffer>(sealed.size() + 1);
    for (ByteBuffer each : sealed) {
      buffers.add(each.asReadOnlyBuffer());
    }
    if (position > 0 || buffers.isEmpty()) {
      buffers.add(ByteBuffer.wrap(segment, 0, position).asReadOnlyBuffer());
    }
    return buffers;
  }

  /// Copies the content into a buffer that has room for it.
  public void copyTo(ByteBuffer target) {
    for (ByteBuffer each : sealed) {
      target.put(each.array(), 0, each.limit());
    }
    target.put(segment, 0, position);
  }

  /// Returns a copy of the content.
  ///
  /// @throws OutOfMemoryError if it is longer than an array may be (a few bytes below 2 GiB)
  public byte[] toByteArray() {
    byte[] copy = new byte[size()];
    copyTo(ByteBuffer.wrap(copy));
    return copy;
  }

  /// Writes the low eight bits of `value`.
  public void writeByte(int value) {
    require(1);
    segment[position++] = (byte) value;
  }

  /// Writes one byte, 1 for true.
  public void writeBoolean(boolean value) {
    writeByte(value ? 1 : 0);
  }

  /// Writes the low sixteen bits of `value`.
  public void writeShort(int value) {
    require(2);
    segment[position] = (byte) (value >>> 8);
    segment[position + 1] = (byte) value;
    position += 2;
  }

  /// Writes four bytes.
  public void writeInt(int value) {
    require(4);
    putInt(segment, position, value);
    position += 4;
  }

  /// Writes eight bytes.
  public void writeLong(long value) {
    require(8);
    putInt(segment, position, (int) (value >>> 32));
    putInt(segment, position + 4, (int) value);
    position += 8;
  }

  /// Writes a float as four bytes, every NaN with its own bits.
  public void writeFloat(float value) {
    writeInt(Float.floatToRawIntBits(value));
  }

  /// Writes a double as eight bytes, every NaN with its own bits.
  public void writeDouble(double value) {
    writeLong(Double.doubleToRawLongBits(value));
  }

  /// Writes a number that is not negative in as few bytes as it needs, seven bits in each.
  public void writeSize(int value) {
    if (value < 0) {
      throw new IllegalArgumentException("a size is not negative: " + value);
    }
    writeVarLong(value);
  }

  private void writeVarLong(long value) {
    require(10);
    long rest = value;
    while (rest >= 0x80) {
      segment[position++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    segment[position++] = (byte) rest;
  }

  /// Writes a string of any length and content, unpaired surrogates included: one byte a character
  /// if all are Latin-1, else two.
  public void writeUtf(String value) {
    int start = size();
    writeVarLong((long) value.length() << 1);
    if (!writeLatin1(value)) {
      truncate(start);
      writeVarLong(((long) value.length() << 1) | 1);
      writeUtf16(value);
    }
  }

  /// Copies the low bytes of all characters, which is a plain copy for the Latin-1 strings of the
  /// JDK, and finds by comparison whether anything was lost. No public method asks a string for its
  /// coder, and looking at each character is slower than this.
  @SuppressWarnings("deprecation") // getBytes(int, int, byte[], int) is the only copy into an array
  private boolean writeLatin1(String value) {
    int length = value.length();
    for (int from = 0; from < length; from += STRING_PIECE) {
      int count = Math.min(STRING_PIECE, length - from);
      require(count);
      value.getBytes(from, from + count, segment, position);
      String copy = new String(segment, position, count, StandardCharsets.ISO_8859_1);
      if (!(count == length ? copy.equals(value) : value.startsWith(copy, from))) {
        return false;
      }
      position += count;
    }
    return true;
  }

  private void writeUtf16(String value) {
    int length = value.length();
    char[] piece = new char[Math.min(STRING_PIECE, length)];
    for (int from = 0; from < length; from += piece.length) {
      int count = Math.min(piece.length, length - from);
      value.getChars(from, from + count, piece, 0);
      writePieces(
          Character.BYTES, count, (buffer, first, n) -> buffer.asCharBuffer().put(piece, first, n));
    }
  }

  @Override
  public void write(int value) {
    writeByte(value);
  }

  @Override
  public void write(byte[] bytes) {
    write(bytes, 0, bytes.length);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) {
    if (length <= segment.length - position) {
      System.arraycopy(bytes, offset, segment, position, length);
      position += length;
    } else {
      writePieces(1, length, (buffer, first, n) -> buffer.put(bytes, offset + first, n));
    }
  }

  /// Writes `count` elements of `width` bytes each, little endian, in as few runs as there are
  /// segments to fill.
  void writePieces(int width, int count, Piece piece) {
    if ((long) count * width > limit - size()) {
      throw new MessageTooLargeException(size() + (long) count * width, limit);
    }
    int done = 0;
    while (done < count) {
      if (segment.length - position < width) {
        open((int) Math.min((long) (count - done) * width, LARGEST_SEGMENT));
      }
      int run = Math.min(count - done, (segment.length - position) / width);
      ByteBuffer room = ByteBuffer.wrap(segment, position, run * width).slice();
      piece.put(room.order(ByteOrder.LITTLE_ENDIAN), done, run);
      position += run * width;
      done += run;
    }
  }

  /// Writes a tag and an int with one check for room: the shortest way for the commonest value.
  void writeTagged(int tag, int value) {
    require(5);
    segment[position] = (byte) tag;
    putInt(segment, position + 1, value);
    position += 5;
  }

  /// Writes a tag and a long with one check for room.
  void writeTagged(int tag, long value) {
    require(9);
    segment[position] = (byte) tag;
    putInt(segment, position + 1, (int) (value >>> 32));
    putInt(segment, position + 5, (int) value);
    position += 9;
  }

  /// Overwrites the int that [#writeInt] wrote when the size was `at`.
  void patchInt(int at, int value) {
    if (at >= sealedSize) {
      putInt(segment, at - sealedSize, value);
      return;
    }
    int start = sealedSize;
    for (int i = sealed.size() - 1; i >= 0; i--) {
      start -= sealed.get(i).limit();
      if (at >= start) {
        putInt(sealed.get(i).array(), at - start, value);
        return;
      }
    }
  }

  private static void putInt(byte[] bytes, int at, int value) {
    bytes[at] = (byte) (value >>> 24);
    bytes[at + 1] = (byte) (value >>> 16);
    bytes[at + 2] = (byte) (value >>> 8);
    bytes[at + 3] = (byte) value;
  }

  private void require(int bytes) {
    if (segment.length - position < bytes) {
      open(bytes);
    }
  }

  /// Seals the segment and begins one with room for at least `bytes`. Segments double with the
  /// message, up to a size that is cheap to clear and to copy to a socket.
  private void open(int bytes) {
    int size = size();
    if (bytes > limit - size) {
      throw new MessageTooLargeException((long) size + bytes, limit);
    }
    int wanted = Math.max(bytes, Math.clamp(size, DEFAULT_CAPACITY, LARGEST_SEGMENT));
    byte[] next = new byte[Math.min(wanted, limit - size)];
    if (position > 0) {
      if (sealed.isEmpty()) {
        sealed = new ArrayList<>(); // most messages never need it
      }
      sealed.add(ByteBuffer.wrap(segment, 0, position));
      sealedSize = size;
    }
    segment = next;
    position = 0;
  }
}
