package dev.telar.internal.codec;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Method handles that write and read all components of a record class at one go, so that the
/// compiler can make one piece of code of them.
///
/// @param type the record class
/// @param writer `(Object record, Output) void`; throws what is not simple back
/// @param reader `(Input) Object`
/// @param digest of names and types of the components, and of those of their types
/// @param involved the record and enum classes that reading it makes objects of
record RecordComponents(
    Class<?> type, MethodHandle writer, MethodHandle reader, int digest, Set<Class<?>> involved) {

  /// A constructor with more parameters than this would exceed what a method handle may have.
  private static final int MOST = 100;

  private static final MethodHandles.Lookup OWN = MethodHandles.lookup();

  /// Returns how to take apart and make records of a class, or null if it is to be serialized.
  static @Nullable RecordComponents of(Class<?> type) {
    if (!type.isRecord() || type.isHidden()) {
      return null;
    }
    try {
      return of(type, new HashSet<>());
    } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
      return null; // not ours to look into
    }
  }

  /// @param outer the records around this one: a recursive type would write a shared tail twice
  private static @Nullable RecordComponents of(Class<?> type, Set<Class<?>> outer)
      throws ReflectiveOperationException {
    RecordComponent[] parts = type.getRecordComponents();
    if (parts.length > MOST || hasReplacement(type) || !outer.add(type)) {
      return null;
    }
    MethodHandles.Lookup lookup = lookup(type);
    var digest = new StringBuilder(type.getName());
    var involved = new LinkedHashSet<Class<?>>(Set.of(type));
    var writers = new MethodHandle[parts.length];
    var readers = new MethodHandle[parts.length];
    var parameters = new Class<?>[parts.length];
    for (int i = 0; i < parts.length; i++) {
      Class<?> part = parts[i].getType();
      SimpleComponent component = SimpleComponent.of(part, each -> nested(each, outer));
      if (component == null) {
        return null;
      }
      parameters[i] = part;
      MethodHandle accessor = lookup.unreflect(parts[i].getAccessor());
      writers[i] =
          MethodHandles.filterArguments(component.writer(), 0, accessor)
              .asType(MethodType.methodType(void.class, type, Output.class));
      readers[i] = component.reader();
      involved.addAll(component.involved());
      digest.append(' ').append(parts[i].getName()).append(part.descriptorString());
      digest.append(component.digest());
    }
    outer.remove(type);
    MethodHandle constructor =
        lookup.findConstructor(type, MethodType.methodType(void.class, parameters));
    return new RecordComponents(
        type,
        inOrder(type, writers)
            .asType(MethodType.methodType(void.class, Object.class, Output.class)),
        construct(constructor, readers).asType(MethodType.methodType(Object.class, Input.class)),
        digest.toString().hashCode(),
        involved);
  }

  private static @Nullable RecordComponents nested(Class<?> type, Set<Class<?>> outer) {
    try {
      return of(type, outer);
    } catch (ReflectiveOperationException e) {
      return null;
    }
  }

  private static MethodHandles.Lookup lookup(Class<?> type) {
    try {
      return MethodHandles.privateLookupIn(type, OWN);
    } catch (IllegalAccessException e) {
      return MethodHandles.publicLookup();
    }
  }

  /// Serialization would call these.
  private static boolean hasReplacement(Class<?> type) {
    return Arrays.stream(type.getDeclaredMethods())
        .filter(method -> method.getParameterCount() == 0)
        .map(Method::getName)
        .anyMatch(name -> name.equals("writeReplace") || name.equals("readResolve"));
  }

  /// One handle that calls all writers, first to last.
  private static MethodHandle inOrder(Class<?> type, MethodHandle[] writers) {
    MethodHandle all = MethodHandles.empty(MethodType.methodType(void.class, type, Output.class));
    for (int i = writers.length - 1; i >= 0; i--) {
      all = MethodHandles.foldArguments(all, writers[i]);
    }
    return all;
  }

  /// One handle that calls all readers, first to last, and the constructor with what they returned.
  private static MethodHandle construct(MethodHandle constructor, MethodHandle[] readers) {
    int count = readers.length;
    // (last, …, first, Input) → (first, …, last)
    Class<?>[] reversed = new Class<?>[count + 1];
    int[] order = new int[count];
    for (int i = 0; i < count; i++) {
      reversed[i] = constructor.type().parameterType(count - 1 - i);
      order[i] = count - 1 - i;
    }
    reversed[count] = Input.class;
    MethodHandle all =
        MethodHandles.permuteArguments(
            constructor, MethodType.methodType(constructor.type().returnType(), reversed), order);
    for (int i = count - 1; i >= 0; i--) {
      Class<?>[] earlier = all.type().dropParameterTypes(0, 1).parameterArray();
      MethodHandle reader =
          MethodHandles.dropArguments(readers[i], 0, Arrays.copyOf(earlier, earlier.length - 1));
      all = MethodHandles.foldArguments(all, reader);
    }
    return all;
  }
}
