package dev.telar.internal.wire;

import dev.telar.internal.codec.ClassDictionary;
import dev.telar.internal.codec.ClassSet;
import dev.telar.internal.codec.MessageTooLargeException;
import dev.telar.internal.codec.Output;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Consumer;

/// Cuts messages into frames for one channel, and remembers which classes the other side knows:
/// their descriptions go ahead of the first frame that names them. Not thread-safe.
final class Frames {

  private final ClassDictionary dictionary;
  private final ClassSet known = new ClassSet();

  Frames(ClassDictionary dictionary) {
    this.dictionary = dictionary;
  }

  /// Hands over the bytes of a frame whose body is the parts one after another.
  ///
  /// @throws MessageTooLargeException if the body would be longer than 2 GiB; nothing was handed
  ///   over
  void write(FrameType type, List<Output> parts, Consumer<ByteBuffer> to) {
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
    to.accept(header(type, (int) length));
    for (Output part : parts) {
      part.buffers().forEach(to);
    }
  }

  private void describeNewClasses(Output part, Consumer<ByteBuffer> to) {
    if (part.classes().isEmpty() || known.containsAll(part.classes())) {
      return;
    }
    for (int id : part.classes().missingFrom(known)) {
      var description = new Output();
      dictionary.describe(id, description);
      to.accept(header(FrameType.CLASSES, description.size()));
      description.buffers().forEach(to);
      known.add(id);
    }
  }

  private static ByteBuffer header(FrameType type, int length) {
    return ByteBuffer.allocate(Frame.HEADER)
        .put(Frame.MAGIC)
        .put(Frame.VERSION)
        .put(type.code())
        .put((byte) 0)
        .putInt(length)
        .flip();
  }
}
