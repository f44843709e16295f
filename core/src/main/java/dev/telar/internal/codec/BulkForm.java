package dev.telar.internal.codec;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.io.IOException;
import java.io.InvalidObjectException;
import java.io.NotSerializableException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/// Values that are mostly bytes, as one run of memory: arrays of primitives, byte buffers, memory
/// segments. Whatever the memory was, what arrives is a copy that belongs to the receiver.
///
/// The form of a value is an int: the tag of a primitive array, or `BUFFER` or `SEGMENT`, and
/// flags.
final class BulkForm {
  private static final int BUFFER = 1;
  private static final int SEGMENT = 2;
  private static final int KIND = 0xff;
  private static final int DIRECT = 1 << 8;
  private static final int READ_ONLY = 1 << 9;
  private static final int LITTLE_ENDIAN = 1 << 10;

  /// The tag of the array under a segment on the heap.
  private static final int ARRAY_SHIFT = 16;

  /// What a native segment is aligned to when it arrives: enough for any vector.
  private static final long ALIGNMENT = 64;

  private BulkForm() {}

  /// Puts an array of primitives into memory of `sink`, if it is large and there is any.
  ///
  /// @return what to write in its place, or null
  static @Nullable BulkReference ofArray(Object array, BulkSink sink, Output out) {
    int tag = tagOf(array.getClass());
    if (tag < 0) {
      return null;
    }
    if (array instanceof boolean[] truths) {
      return truths.length < BulkSink.LEAST_BYTES ? null : ofBooleans(truths, sink, out);
    }
    // Asking the array for its length by reflection would cost more than this.
    MemorySegment memory = memoryOf(array);
    return put(tag, memory, sink, out);
  }

  private static @Nullable BulkReference ofBooleans(boolean[] array, BulkSink sink, Output out) {
    BulkLoan loan = sink.borrow(array.length);
    if (loan == null) {
      return null;
    }
    out.add(loan);
    MemorySegment memory = loan.memory();
    for (int i = 0; i < array.length; i++) {
      memory.set(JAVA_BYTE, i, array[i] ? (byte) 1 : 0);
    }
    return new BulkReference(Tags.BOOLEAN_ARRAY, array.length, loan.segment(), loan.number());
  }

  /// What remains in a buffer, beside the message if it is large and there is memory.
  static Object ofBuffer(ByteBuffer buffer, BulkSink sink, Output out) {
    boolean littleEndian = buffer.order() == ByteOrder.LITTLE_ENDIAN;
    int form =
        BUFFER
            | (buffer.isDirect() ? DIRECT : 0)
            | (buffer.isReadOnly() ? READ_ONLY : 0)
            | (littleEndian ? LITTLE_ENDIAN : 0);
    MemorySegment content = MemorySegment.ofBuffer(buffer);
    BulkReference reference = put(form, content, sink, out);
    return reference != null ? reference : new BulkStandIn(form, content.toArray(JAVA_BYTE));
  }

  /// A copy of a segment, beside the message if it is large and there is memory.
  ///
  /// @throws NotSerializableException if it is an address without a length, or there is no room in
  ///   the message either
  static Object ofSegment(MemorySegment segment, BulkSink sink, Output out)
      throws NotSerializableException {
    if (segment.isNative() && segment.byteSize() == 0 && segment.address() != 0) {
      throw new NotSerializableException(
          "a MemorySegment of no bytes at an address: a pointer means nothing in another process."
              + " reinterpret(size) it, so that what it points to travels");
    }
    int form =
        SEGMENT
            | (segment.isNative() ? DIRECT : 0)
            | (segment.isReadOnly() ? READ_ONLY : 0)
            | tagUnder(segment) << ARRAY_SHIFT;
    BulkReference reference = put(form, segment, sink, out);
    if (reference != null) {
      return reference;
    }
    if (segment.byteSize() > Integer.MAX_VALUE - 64) {
      throw new NotSerializableException(
          "a MemorySegment of "
              + segment.byteSize()
              + " bytes: there is no shared memory for it now, and a message holds 2 GiB. A"
              + " SharedArray holds any size and travels at no cost");
    }
    return new BulkStandIn(form, segment.toArray(JAVA_BYTE));
  }

  private static @Nullable BulkReference put(
      int form, MemorySegment content, BulkSink sink, Output out) {
    long bytes = content.byteSize();
    if (bytes < BulkSink.LEAST_BYTES) {
      return null;
    }
    BulkLoan loan = sink.borrow(bytes);
    if (loan == null) {
      return null;
    }
    out.add(loan);
    MemorySegment.copy(content, 0, loan.memory(), 0, bytes);
    return new BulkReference(form, bytes, loan.segment(), loan.number());
  }

  /// Reads a value that lies beside the message.
  static Object read(BulkReference reference, BulkSource source) throws IOException {
    return source.read(
        reference.segment(),
        reference.loan(),
        reference.bytes(),
        memory -> restore(reference.form(), memory));
  }

  /// Makes the value of its bytes, which are not kept.
  static Object restore(int form, MemorySegment bytes) throws InvalidObjectException {
    return switch (form & KIND) {
      case BUFFER -> buffer(form, bytes);
      case SEGMENT -> {
        MemorySegment segment = segment(form, bytes);
        yield (form & READ_ONLY) == 0 ? segment : segment.asReadOnly();
      }
      case Tags.BOOLEAN_ARRAY -> booleans(bytes);
      default -> array(form & KIND, bytes);
    };
  }

  private static ByteBuffer buffer(int form, MemorySegment bytes) throws InvalidObjectException {
    int length = (int) bytes.byteSize();
    ByteBuffer buffer =
        (form & DIRECT) == 0
            ? ByteBuffer.wrap((byte[]) array(Tags.BYTE_ARRAY, bytes))
            : ByteBuffer.allocateDirect(length).put(bytes.asByteBuffer()).flip();
    buffer = (form & READ_ONLY) == 0 ? buffer : buffer.asReadOnlyBuffer();
    return buffer.order(
        (form & LITTLE_ENDIAN) == 0 ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
  }

  private static MemorySegment segment(int form, MemorySegment bytes)
      throws InvalidObjectException {
    long length = bytes.byteSize();
    if ((form & DIRECT) != 0) {
      return length == 0
          ? MemorySegment.NULL
          : Arena.ofAuto().allocate(length, ALIGNMENT).copyFrom(bytes);
    }
    int tag = form >>> ARRAY_SHIFT;
    int width = width(tag);
    Object array = newArray(tag, Math.toIntExact((length + width - 1) / width));
    return memoryOf(array).asSlice(0, length).copyFrom(bytes);
  }

  private static boolean[] booleans(MemorySegment bytes) {
    var array = new boolean[(int) bytes.byteSize()];
    for (int i = 0; i < array.length; i++) {
      array[i] = bytes.get(JAVA_BYTE, i) != 0;
    }
    return array;
  }

  private static Object array(int tag, MemorySegment bytes) throws InvalidObjectException {
    Object array = newArray(tag, Math.toIntExact(bytes.byteSize() / width(tag)));
    MemorySegment.copy(bytes, 0, memoryOf(array), 0, bytes.byteSize());
    return array;
  }

  /// How wide the elements of what is restored are, for the filter.
  static int width(int tag) {
    return switch (tag & KIND) {
      case Tags.SHORT_ARRAY, Tags.CHAR_ARRAY -> 2;
      case Tags.INT_ARRAY, Tags.FLOAT_ARRAY -> 4;
      case Tags.LONG_ARRAY, Tags.DOUBLE_ARRAY -> 8;
      default -> 1;
    };
  }

  private static Object newArray(int tag, int length) throws InvalidObjectException {
    return switch (tag) {
      case Tags.BYTE_ARRAY -> new byte[length];
      case Tags.SHORT_ARRAY -> new short[length];
      case Tags.CHAR_ARRAY -> new char[length];
      case Tags.INT_ARRAY -> new int[length];
      case Tags.LONG_ARRAY -> new long[length];
      case Tags.FLOAT_ARRAY -> new float[length];
      case Tags.DOUBLE_ARRAY -> new double[length];
      default -> throw new InvalidObjectException("no value has the form " + tag);
    };
  }

  private static MemorySegment memoryOf(Object array) {
    return switch (array) {
      case byte[] bytes -> MemorySegment.ofArray(bytes);
      case short[] shorts -> MemorySegment.ofArray(shorts);
      case char[] chars -> MemorySegment.ofArray(chars);
      case int[] ints -> MemorySegment.ofArray(ints);
      case long[] longs -> MemorySegment.ofArray(longs);
      case float[] floats -> MemorySegment.ofArray(floats);
      case double[] doubles -> MemorySegment.ofArray(doubles);
      default -> throw new AssertionError(array.getClass());
    };
  }

  private static int tagOf(Class<?> type) {
    return type == double[].class
        ? Tags.DOUBLE_ARRAY
        : type == byte[].class
            ? Tags.BYTE_ARRAY
            : type == int[].class
                ? Tags.INT_ARRAY
                : type == long[].class ? Tags.LONG_ARRAY : tagOfRare(type);
  }

  private static int tagOfRare(Class<?> type) {
    return type == float[].class
        ? Tags.FLOAT_ARRAY
        : type == short[].class
            ? Tags.SHORT_ARRAY
            : type == char[].class
                ? Tags.CHAR_ARRAY
                : type == boolean[].class ? Tags.BOOLEAN_ARRAY : -1;
  }

  /// The kind of array that lies under a segment on the heap; where it is hidden, because the
  /// segment is read-only, one that allows the same aligned access.
  private static int tagUnder(MemorySegment segment) {
    if (segment.isNative()) {
      return 0;
    }
    return segment
        .heapBase()
        .map(base -> tagOf(base.getClass()))
        .orElseGet(
            () ->
                switch ((int) Math.min(8, segment.maxByteAlignment())) {
                  case 8 -> Tags.LONG_ARRAY;
                  case 4 -> Tags.INT_ARRAY;
                  case 2 -> Tags.SHORT_ARRAY;
                  default -> Tags.BYTE_ARRAY;
                });
  }
}
