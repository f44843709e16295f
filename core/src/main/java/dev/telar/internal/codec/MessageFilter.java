package dev.telar.internal.codec;

import java.io.InvalidClassException;
import java.io.ObjectInputFilter;

/// Refuses arrays that the bytes of the message could never fill, and graphs of absurd depth: a
/// corrupt length must not cost a worker its memory.
///
/// It contains accidents, not attackers: which classes may be read is the business of the JVM-wide
/// filter, which is consulted as well.
///
/// An element of an object array takes at least one byte. But collections ask about the capacity
/// they are about to allocate, too: `HashMap` up to eight slots an entry (a load factor of ¼,
/// rounded up to a power of two), `IdentityHashMap` six.
final class MessageFilter implements ObjectInputFilter {
  private static final int SLOTS_PER_BYTE = 8;
  private static final long ALWAYS = 1 << 16;
  private static final long DEEPEST = 1_000_000;

  private long messageBytes;

  MessageFilter(long messageBytes) {
    this.messageBytes = messageBytes;
  }

  /// So many bytes lie beside the message.
  void allow(long bytes) {
    messageBytes += bytes;
  }

  /// Asks a filter about something that is read without a stream.
  ///
  /// @param arrayLength the length of an array, or -1
  /// @throws InvalidClassException if it refuses, in the words of the JDK
  static void ask(ObjectInputFilter filter, Class<?> type, long arrayLength)
      throws InvalidClassException {
    if (filter.checkInput(new Question(type, arrayLength)) == Status.REJECTED) {
      throw new InvalidClassException(type.getName(), "filter status: REJECTED");
    }
  }

  private record Question(Class<?> serialClass, long arrayLength) implements FilterInfo {
    @Override
    public long depth() {
      return 1;
    }

    @Override
    public long references() {
      return 1;
    }

    @Override
    public long streamBytes() {
      return 0;
    }
  }

  @Override
  public Status checkInput(FilterInfo info) {
    if (info.depth() > DEEPEST) {
      return Status.REJECTED;
    }
    Class<?> type = info.serialClass();
    if (info.arrayLength() <= ALWAYS || type == null) {
      return Status.UNDECIDED;
    }
    Class<?> component = type.getComponentType();
    boolean primitive = component != null && component.isPrimitive();
    long most =
        primitive
            ? messageBytes / width(component)
            : Math.multiplyExact(messageBytes, SLOTS_PER_BYTE);
    return info.arrayLength() > most ? Status.REJECTED : Status.UNDECIDED;
  }

  private static int width(Class<?> primitive) {
    return primitive == long.class || primitive == double.class
        ? 8
        : primitive == int.class || primitive == float.class
            ? 4
            : primitive == short.class || primitive == char.class ? 2 : 1;
  }
}
