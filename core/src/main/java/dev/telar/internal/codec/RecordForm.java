package dev.telar.internal.codec;

import java.io.IOException;
import java.io.InvalidClassException;
import java.io.ObjectInputFilter;
import java.lang.invoke.MethodHandle;
import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// How the records of one class travel as their mere components.
///
/// ```text
/// RECORD │ size │ class name, digest of the components │ components
///                └─ compared as bytes with those of the record before
/// ```
///
/// Only records of simple components have such a form: primitives, their boxes, strings, enums,
/// other such records, and components of a general type (`Object`, `Number`, a type variable) as
/// long as what they hold is simple. For these, and only for these, nobody can tell the form from
/// serialization: no object in it can be shared or part of a cycle, and no code but the accessors
/// and the canonical constructor, which [Record] says belong together, has a say. The rest (lists,
/// arrays, classes) is serialized as a whole.
///
/// A class has one form; it dies with its class.
final class RecordForm {
  /// After so many records with a component that is not simple, the class is always serialized.
  private static final int PATIENCE = 100;

  private static final ClassValue<Holder> FORMS =
      new ClassValue<>() {
        @Override
        protected Holder computeValue(Class<?> type) {
          return new Holder(RecordComponents.of(type));
        }
      };

  private record Holder(@Nullable RecordForm form) {
    Holder(@Nullable RecordComponents components) {
      this(components == null ? null : new RecordForm(components));
    }
  }

  private final Class<?> type;
  private final Set<Class<?>> involved;
  private final byte[] header;
  private final byte[] description;
  private final MethodHandle writer;
  private final MethodHandle reader;
  private int misses;

  private RecordForm(RecordComponents components) {
    this.type = components.type();
    this.involved = components.involved();
    this.writer = components.writer();
    this.reader = components.reader();
    var text = new Output(64);
    text.writeUtf(type.getName());
    text.writeInt(components.digest());
    this.description = text.toByteArray();
    var start = new Output(64);
    start.writeByte(Tags.RECORD);
    start.writeSize(description.length);
    start.write(description);
    this.header = start.toByteArray();
  }

  /// Returns the form of a class, or null if its records are serialized.
  static @Nullable RecordForm of(Class<?> type) {
    return FORMS.get(type).form;
  }

  /// Returns the form that a description names, if a filter lets this class and those of its
  /// components be read.
  static RecordForm find(byte[] description, ClassLoader loader, ObjectInputFilter filter)
      throws IOException, ClassNotFoundException {
    var text = Input.of(description);
    String name = text.readUtf();
    Class<?> found = ClassTable.load(name, loader);
    MessageFilter.ask(filter, found, -1); // before it is looked into, which initializes its enums
    RecordForm form = found.isRecord() ? of(found) : null;
    if (form == null || !Arrays.equals(form.description, description)) {
      throw new InvalidClassException(
          name,
          "sender and receiver have different versions of record "
              + name
              + " (or it can be looked into only there). Was it rebuilt while the other process"
              + " ran?");
    }
    for (Class<?> each : form.involved) {
      MessageFilter.ask(filter, each, -1);
    }
    return form;
  }

  /// Writes a record of this class, unless a component is not simple; then nothing is written.
  ///
  /// Nor is anything if an accessor throws: serialization will find that again, and say where.
  boolean write(Object value, Output out) {
    if (misses > PATIENCE) {
      return false;
    }
    int start = out.size();
    try {
      out.write(header, 0, header.length);
      writer.invokeExact(value, out);
      return true;
    } catch (MessageTooLargeException | OutOfMemoryError e) {
      out.truncate(start);
      throw e;
    } catch (Throwable notSimple) {
      misses++; // a race costs nothing but a few more tries
      out.truncate(start);
      return false;
    }
  }

  /// Reads the components that [#write] wrote, and makes a record of them.
  Object read(Input in) throws DecodeException, CorruptMessageException {
    try {
      return (Object) reader.invokeExact(in);
    } catch (CorruptMessageException | OutOfMemoryError e) {
      throw e;
    } catch (Throwable e) {
      throw new DecodeException(
          "the constructor of record " + type.getName() + " threw " + Throwables.describe(e), e);
    }
  }
}
