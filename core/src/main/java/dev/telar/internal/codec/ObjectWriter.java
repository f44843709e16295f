package dev.telar.internal.codec;

import java.io.IOException;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamClass;
import org.jspecify.annotations.Nullable;

/// JDK serialization of one value, with what a [ClassNaming] writes in place of class descriptors
/// and with [Replacements] for what the JDK does not serialize.
///
/// A fresh stream for each value: a long-lived one remembers every object it ever wrote, and after
/// a failed write its handles no longer agree with the reader's, so every later message is corrupt.
final class ObjectWriter extends ObjectOutputStream {
  private static final StackWalker STACK = StackWalker.getInstance();

  private final ClassNaming naming;
  private final BulkSink bulk;
  private final Output out;
  private @Nullable IOException failure;

  private ObjectWriter(ClassNaming naming, BulkSink bulk, Output out) throws IOException {
    super(out);
    this.naming = naming;
    this.bulk = bulk;
    this.out = out;
    enableReplaceObject(true);
  }

  /// Appends the serialized form of `value`, without a stream header.
  static void write(Object value, ClassNaming naming, BulkSink bulk, Output out)
      throws IOException {
    var writer = new ObjectWriter(naming, bulk, out);
    try {
      writer.writeObject(value);
    } catch (IOException e) {
      // What was thrown while the stream recorded its failure would hide the failure itself.
      throw writer.failure == null ? e : writer.failure;
    }
    writer.flush();
  }

  @Override
  protected void writeStreamHeader() {}

  @Override
  protected void writeClassDescriptor(ObjectStreamClass descriptor) throws IOException {
    Class<?> type = descriptor.forClass();
    if (type.isHidden()) {
      throw new NotSerializableException(
          type.getName() + " (a hidden class has no name to find it)");
    }
    naming.write(type, this, out);
  }

  @Override
  protected @Nullable Object replaceObject(Object object) throws IOException {
    if (object instanceof IOException e && isRecordingFailure()) {
      failure = e;
      return null;
    }
    return Replacements.replace(object, bulk, out);
  }

  /// After an `IOException` the JDK appends the exception itself to the stream, for a reader that
  /// we do not have: that would cost time, run code of the exception's class, and may fail in turn.
  static boolean isRecordingFailure() {
    return STACK.walk(
        frames -> frames.limit(6).anyMatch(f -> f.getMethodName().equals("writeFatalException")));
  }
}
