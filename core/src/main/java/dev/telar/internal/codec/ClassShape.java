package dev.telar.internal.codec;

import java.io.InvalidClassException;
import java.io.ObjectStreamClass;
import java.io.ObjectStreamField;
import java.io.Serializable;
import java.lang.reflect.RecordComponent;

/// What both sides must agree on to exchange objects of a class: its name, its kind, its
/// `serialVersionUID`, and a digest of its serialized fields (or record components).
///
/// The JDK sends the fields themselves with every stream, so that old and new versions can meet.
/// Both ends of ours come from one class path, so a digest is enough to catch the exception: a
/// worker started from a jar that was rebuilt meanwhile.
record ClassShape(String name, int kind, long serialVersionUid, int fields) implements Description {
  private static final int PLAIN = 0;
  private static final int SERIALIZABLE = 1;
  private static final int ENUM = 2;
  private static final int RECORD = 4;

  private static final ClassValue<ClassShape> SHAPES =
      new ClassValue<>() {
        @Override
        protected ClassShape computeValue(Class<?> type) {
          return compute(type);
        }
      };

  static ClassShape of(Class<?> type) {
    return SHAPES.get(type);
  }

  private static ClassShape compute(Class<?> type) {
    int kind = kindOf(type);
    ObjectStreamClass descriptor = ObjectStreamClass.lookupAny(type);
    // The JDK ignores the number of arrays, and computing that of a large class is dear.
    boolean numbered = (kind & SERIALIZABLE) != 0 && !type.isArray();
    long number = numbered ? descriptor.getSerialVersionUID() : 0;
    var text = new StringBuilder();
    for (ObjectStreamField each : descriptor.getFields()) {
      text.append(each.getName()).append(each.getTypeCode());
      text.append(each.isPrimitive() ? "" : each.getTypeString()).append(' ');
    }
    if (type.isRecord()) {
      for (RecordComponent each : type.getRecordComponents()) {
        text.append(each.getName()).append(each.getType().descriptorString()).append(' ');
      }
    }
    return new ClassShape(type.getName(), kind, number, text.toString().hashCode());
  }

  private static int kindOf(Class<?> type) {
    return (Serializable.class.isAssignableFrom(type) ? SERIALIZABLE : PLAIN)
        | (Enum.class.isAssignableFrom(type) ? ENUM : PLAIN)
        | (type.isRecord() ? RECORD : PLAIN);
  }

  static ClassShape read(Input in) throws CorruptMessageException {
    return new ClassShape(in.readUtf(), in.readByte(), in.readLong(), in.readInt());
  }

  @Override
  public void write(Output out) {
    out.writeUtf(name);
    out.writeByte(kind);
    out.writeLong(serialVersionUid);
    out.writeInt(fields);
  }

  /// Refuses a class of this side that is not what the other side described.
  void verify(Class<?> local) throws InvalidClassException {
    ClassShape here = of(local);
    if (!equals(here)) {
      throw new InvalidClassException(
          name,
          "sender and receiver have different versions of "
              + name
              + ": "
              + here.difference()
              + " here, "
              + difference()
              + " there. Was it rebuilt while the other process ran?");
    }
  }

  private String difference() {
    return "serialVersionUID %d (kind %d, fields %08x)".formatted(serialVersionUid, kind, fields);
  }
}
