package dev.telar.internal.codec;

import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamClass;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Writes one object to nowhere, without the objects it refers to, and notes which those are.
///
/// Serialization itself thus tells what it would follow (default fields, `writeObject`,
/// `writeReplace`, `Externalizable`), with the rights of the JDK, which reflection does not have in
/// a package that is not opened.
final class SerializationProbe extends ObjectOutputStream {
  private final List<Object> children = new ArrayList<>();
  private @Nullable Object subject;
  private @Nullable Exception failure;

  private SerializationProbe() throws IOException {
    super(OutputStream.nullOutputStream());
    enableReplaceObject(true);
  }

  static SerializationProbe of(Object object) throws IOException {
    var probe = new SerializationProbe();
    try {
      probe.writeObject(object);
    } catch (VirtualMachineError e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      probe.failure = e;
    } catch (Error e) {
      probe.failure = new IOException(Throwables.describe(e), e);
    }
    return probe;
  }

  /// Returns what is written for the object: itself, or what its `writeReplace` returned.
  @Nullable Object subject() {
    return subject;
  }

  /// Returns the objects that would be written next, in order.
  List<Object> children() {
    return children;
  }

  /// Returns what the object itself threw when it was written.
  @Nullable Exception failure() {
    return failure;
  }

  @Override
  protected @Nullable Object replaceObject(Object object) {
    if (subject == null) {
      subject = object;
      return object;
    }
    if (!(object instanceof IOException && ObjectWriter.isRecordingFailure())) {
      children.add(object);
    }
    return null;
  }

  @Override
  protected void writeClassDescriptor(ObjectStreamClass descriptor) {}
}
