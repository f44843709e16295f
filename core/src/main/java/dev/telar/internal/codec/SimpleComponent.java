package dev.telar.internal.codec;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Arrays;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// How a component of one type travels within a [RecordForm].
///
/// @param writer `(component type, Output) void`
/// @param reader `(Input) component type`
/// @param digest what both sides must agree on besides the type's name
/// @param involved the classes, besides those of the JDK, that reading makes objects of
record SimpleComponent(
    MethodHandle writer, MethodHandle reader, String digest, Set<Class<?>> involved) {

  private static final MethodHandles.Lookup OWN = MethodHandles.lookup();
  private static final Set<Class<?>> BOXES =
      Set.of(
          Boolean.class,
          Byte.class,
          Short.class,
          Character.class,
          Integer.class,
          Long.class,
          Float.class,
          Double.class,
          String.class);

  /// Types that may hold such values; that they do is found out when one is written.
  private static boolean isGeneral(Class<?> type) {
    return type == Object.class
        || type == Number.class
        || type == Comparable.class
        || type == CharSequence.class
        || type == java.io.Serializable.class;
  }

  /// Returns how a type travels, or null if it is not simple.
  ///
  /// @param nested gives the components of a record class, or null if it is to be serialized
  static @Nullable SimpleComponent of(
      Class<?> type, Function<Class<?>, @Nullable RecordComponents> nested)
      throws ReflectiveOperationException {
    if (type.isPrimitive()) {
      return ofPrimitive(type);
    }
    if (BOXES.contains(type) || isGeneral(type)) {
      return ofPlain(type);
    }
    if (type.isEnum()) {
      return ofEnum(type);
    }
    RecordComponents record = type.isRecord() ? nested.apply(type) : null;
    return record == null ? null : ofRecord(record);
  }

  private static SimpleComponent ofPrimitive(Class<?> type) throws ReflectiveOperationException {
    Class<?> carrier =
        type == boolean.class || type == long.class || type == float.class || type == double.class
            ? type
            : int.class;
    String name = type.getName();
    String method = Character.toUpperCase(name.charAt(0)) + name.substring(1);
    String write = type == char.class ? "writeShort" : "write" + method;
    MethodHandle writer =
        OWN.findVirtual(Output.class, write, MethodType.methodType(void.class, carrier));
    String read = type == char.class ? "readShort" : "read" + method;
    Class<?> result = type == byte.class ? int.class : type == char.class ? short.class : type;
    MethodHandle reader = OWN.findVirtual(Input.class, read, MethodType.methodType(result));
    return simple(
        MethodHandles.explicitCastArguments(
            MethodHandles.permuteArguments(
                writer, MethodType.methodType(void.class, carrier, Output.class), 1, 0),
            MethodType.methodType(void.class, type, Output.class)),
        MethodHandles.explicitCastArguments(reader, MethodType.methodType(type, Input.class)));
  }

  private static SimpleComponent simple(MethodHandle writer, MethodHandle reader) {
    return new SimpleComponent(writer, reader, "", Set.of());
  }

  private static SimpleComponent ofPlain(Class<?> type) throws ReflectiveOperationException {
    MethodHandle writer = own("writePlain", void.class, Object.class, Output.class);
    MethodHandle reader = own("readPlain", Object.class, Input.class);
    return simple(
        writer.asType(MethodType.methodType(void.class, type, Output.class)),
        reader.asType(MethodType.methodType(type, Input.class)));
  }

  private static MethodHandle own(String name, Class<?> result, Class<?>... parameters)
      throws ReflectiveOperationException {
    return OWN.findStatic(SimpleComponent.class, name, MethodType.methodType(result, parameters));
  }

  @SuppressWarnings("unused") // by method handle
  private static void writePlain(@Nullable Object value, Output out) {
    if (!PlainValues.write(value, out)) {
      throw NotSimple.INSTANCE;
    }
  }

  @SuppressWarnings("unused") // by method handle
  private static @Nullable Object readPlain(Input in) throws CorruptMessageException {
    return PlainValues.read(in.readByte(), in);
  }

  private static SimpleComponent ofEnum(Class<?> type) throws ReflectiveOperationException {
    Object[] constants = type.getEnumConstants();
    MethodHandle writer = own("writeEnum", void.class, Enum.class, Output.class);
    MethodHandle reader = own("readEnum", Object.class, Object[].class, Input.class);
    return new SimpleComponent(
        writer.asType(MethodType.methodType(void.class, type, Output.class)),
        reader.bindTo(constants).asType(MethodType.methodType(type, Input.class)),
        Arrays.toString(Arrays.stream(constants).map(each -> ((Enum<?>) each).name()).toArray()),
        Set.of(type));
  }

  @SuppressWarnings({"unused", "EnumOrdinal"}) // both sides agree on the constants (digest)
  private static void writeEnum(@Nullable Enum<?> value, Output out) {
    out.writeSize(value == null ? 0 : value.ordinal() + 1);
  }

  @SuppressWarnings("unused") // by method handle
  private static @Nullable Object readEnum(Object[] constants, Input in)
      throws CorruptMessageException {
    int number = in.readSize();
    if (number > constants.length) {
      throw new CorruptMessageException("an enum has no constant number " + number);
    }
    return number == 0 ? null : constants[number - 1];
  }

  private static SimpleComponent ofRecord(RecordComponents record)
      throws ReflectiveOperationException {
    Class<?> type = record.type();
    MethodHandle writer =
        own("writeRecord", void.class, MethodHandle.class, Object.class, Output.class);
    MethodHandle reader = own("readRecord", Object.class, MethodHandle.class, Input.class);
    return new SimpleComponent(
        writer
            .bindTo(record.writer())
            .asType(MethodType.methodType(void.class, type, Output.class)),
        reader.bindTo(record.reader()).asType(MethodType.methodType(type, Input.class)),
        Integer.toHexString(record.digest()),
        record.involved());
  }

  @SuppressWarnings("unused") // by method handle
  private static void writeRecord(MethodHandle components, @Nullable Object value, Output out)
      throws Throwable {
    out.writeBoolean(value != null);
    if (value != null) {
      components.invokeExact(value, out);
    }
  }

  @SuppressWarnings("unused") // by method handle
  private static @Nullable Object readRecord(MethodHandle components, Input in) throws Throwable {
    return in.readBoolean() ? (Object) components.invokeExact(in) : null;
  }

  /// A component of a general type holds something that must be serialized.
  private static final class NotSimple extends RuntimeException {
    private static final long serialVersionUID = 1L;

    @SuppressWarnings("StaticAssignmentOfThrowable") // it has no stack trace
    private static final NotSimple INSTANCE = new NotSimple();

    private NotSimple() {
      super(null, null, false, false);
    }
  }
}
