package dev.telar.internal.codec;

import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Each message describes the classes it names, in itself: for messages whose reader is not known
/// when they are written, or that any of several readers may read.
///
/// As everywhere else in Telar it is [ClassShape]s that are compared, so another version of a class
/// is refused in words. Only classes that were found and agreed are remembered: what a stranger
/// sends cannot fill this table.
final class InlineClasses implements ClassNaming, ClassFinding {
  private final Map<ClassShape, KnownClass> known = new ConcurrentHashMap<>();

  @Override
  public void write(Class<?> type, ObjectOutputStream stream, Output message) throws IOException {
    ClassShape shape = ClassShape.of(type);
    stream.writeUTF(shape.name());
    stream.writeByte(shape.kind());
    stream.writeLong(shape.serialVersionUid());
    stream.writeInt(shape.fields());
  }

  @Override
  public Class<?> read(ObjectInputStream stream, ClassLoader loader)
      throws IOException, ClassNotFoundException {
    var shape =
        new ClassShape(stream.readUTF(), stream.readByte(), stream.readLong(), stream.readInt());
    KnownClass entry = known.get(shape);
    if (entry != null) {
      return entry.resolve(loader);
    }
    var added = new KnownClass(shape);
    Class<?> type = added.resolve(loader);
    known.putIfAbsent(shape, added);
    return type;
  }
}
