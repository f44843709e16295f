package dev.telar.internal.wire;

import dev.telar.internal.codec.ClassDictionary;
import dev.telar.internal.codec.ClassSet;
import dev.telar.internal.codec.MessageTooLargeException;
import dev.telar.internal.codec.Output;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Cuts messages into frames for one channel, and remembers which classes the other side knows:
/// their descriptions go ahead of the first frame that names them. Not thread-safe.
final class Frames {

  /// How much a channel collects before it writes.
  static final int BUFFER = 64 * 1024;

  private final ClassDictionary dictionary;
  private final ClassSet known = new ClassSet();

  Frames(ClassDictionary dictionary) {
    this.dictionary = dictionary;
  }

  /// Where frames go.
  interface Sink {

    /// A buffer for a whole frame: small ones are copied there at once, and nothing is made of them
    /// in between.
    ///
    /// @return null if it does not fit, or must come behind what was [added][#add(ByteBuffer)]
    @Nullable ByteBuffer room(int bytes);

    /// Takes a piece of a frame that there was no room for.
    void add(ByteBuffer piece);
  }

  /// Hands over the bytes of a frame whose body is the parts one after another.
  ///
  /// @throws MessageTooLargeException if the body would be longer than 2 GiB; nothing was handed
  ///   over
  void write(FrameType type, List<Output> parts, Sink to) {
    long length = 0;
    for (Output part : parts) {
      length += part.size();
    }
    if (length > Integer.MAX_VALUE) {
      throw new MessageTooLargeException(length, Integer.MAX_VALUE);
    }
    for (Output part : parts) {
      describeNewClasses(part, to);
    }
    put(type, (int) length, parts, to);
  }

  private static void put(FrameType type, int length, List<Output> parts, Sink to) {
    ByteBuffer room = length < BUFFER ? to.room(Frame.HEADER + length) : null;
    if (room != null) {
      start(type, length, room);
      for (Output part : parts) {
        part.copyTo(room);
      }
      return;
    }
    to.add(start(type, length, ByteBuffer.allocate(Frame.HEADER)).flip());
    for (Output part : parts) {
      part.buffers().forEach(to::add);
    }
  }

  private void describeNewClasses(Output part, Sink to) {
    if (part.classes().isEmpty() || known.containsAll(part.classes())) {
      return;
    }
    for (int id : part.classes().missingFrom(known)) {
      var description = new Output();
      dictionary.describe(id, description);
      put(FrameType.CLASSES, description.size(), List.of(description), to);
      known.add(id);
    }
  }

  private static ByteBuffer start(FrameType type, int length, ByteBuffer to) {
    return to.put(Frame.MAGIC).put(Frame.VERSION).put(type.code()).put((byte) 0).putInt(length);
  }
}
