package dev.telar.internal.codec;

import java.io.Externalizable;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamClass;
import java.io.ObjectStreamField;
import java.lang.invoke.MethodHandleInfo;
import java.lang.invoke.SerializedLambda;
import java.lang.reflect.Field;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Names for the parts of an object, as far as they can be found: `Order.connection`, `arg0`,
/// `[3]`, `value of key x`. Parts it does not name are simply not mentioned in a path.
final class PartNames {
  static final String ENCLOSING = "(the enclosing instance)";

  private static final int MOST_ELEMENTS = 100_000;
  private static final Module JDK_BASE = Object.class.getModule();

  private final IdentityHashMap<Object, String> names = new IdentityHashMap<>();
  private boolean written = true;

  private PartNames() {}

  /// Names the parts of an object that is written as `subject`, another object if it has a
  /// `writeReplace`.
  static PartNames of(Object object, @Nullable Object subject) {
    var parts = new PartNames();
    switch (object) {
      case Map<?, ?> map when isOfJdk(map) -> parts.addEntries(map);
      case List<?> list when isOfJdk(list) -> parts.addElements(list, true);
      case Collection<?> elements when isOfJdk(elements) -> parts.addElements(elements, false);
      case RecordStandIn standIn -> parts.addComponents(standIn);
      default -> parts.addWritten(subject == null ? object : subject);
    }
    return parts;
  }

  private void addWritten(Object subject) {
    if (subject instanceof SerializedLambda lambda) {
      addCaptured(lambda);
    } else {
      addFields(subject);
    }
  }

  /// Tells whether all parts that were named are also written. Where a class has a `writeObject` of
  /// its own, only serialization itself knows.
  boolean areWritten() {
    return written;
  }

  /// Returns the parts that have a name.
  Iterable<Object> parts() {
    return names.keySet();
  }

  /// Returns the name of a part, or an empty string.
  String of(Object part) {
    return names.getOrDefault(part, "");
  }

  /// Only the JDK's own collections are iterated: another's iterator may do anything.
  private static boolean isOfJdk(Object collection) {
    return collection.getClass().getModule() == JDK_BASE;
  }

  private void add(@Nullable Object part, String name) {
    if (part != null) {
      names.putIfAbsent(part, name);
    }
  }

  private void addCaptured(SerializedLambda lambda) {
    boolean isMethod = lambda.getImplMethodKind() != MethodHandleInfo.REF_invokeStatic;
    String method = lambda.getImplMethodName();
    for (int i = 0; i < lambda.getCapturedArgCount(); i++) {
      String name = "arg" + i;
      if (i == 0 && isMethod) {
        name = method.startsWith("lambda$") ? "this " + ENCLOSING : "receiver of ::" + method;
      }
      add(lambda.getCapturedArg(i), name);
    }
  }

  private void addComponents(RecordStandIn standIn) {
    var components = standIn.type().getRecordComponents();
    for (int i = 0; i < components.length; i++) {
      add(standIn.components()[i], TypeNames.brief(standIn.type()) + "." + components[i].getName());
    }
  }

  private void addEntries(Map<?, ?> map) {
    int count = 0;
    for (Map.Entry<?, ?> each : map.entrySet()) {
      if (count++ == MOST_ELEMENTS) {
        return;
      }
      add(each.getKey(), "key");
      add(each.getValue(), "value of key " + keyText(each.getKey()));
    }
  }

  /// Only keys of the JDK's (strings, numbers, dates) are printed: another's text may be anything.
  private static String keyText(@Nullable Object key) {
    if (key == null) {
      return "null";
    }
    boolean simple = key.getClass().getModule() == JDK_BASE;
    String text = simple && key instanceof Comparable ? key.toString() : TypeNames.brief(key);
    return text.length() <= 40 ? text : text.substring(0, 40) + "…";
  }

  private void addElements(Collection<?> elements, boolean ordered) {
    int count = 0;
    for (Object each : elements) {
      if (count == MOST_ELEMENTS) {
        return;
      }
      add(each, ordered ? "[" + count + "]" : "element");
      count++;
    }
  }

  private void addFields(Object object) {
    written = !(object instanceof Externalizable);
    boolean standIn = object.getClass().getNestHost() == StandIns.class;
    for (Class<?> type = object.getClass(); type != null; type = type.getSuperclass()) {
      ObjectStreamClass descriptor = ObjectStreamClass.lookup(type);
      if (descriptor == null || type.getModule() == JDK_BASE) {
        return;
      }
      written &= !hasWriteObject(type);
      for (ObjectStreamField each : descriptor.getFields()) {
        if (!each.isPrimitive()) {
          addField(object, type, each.getName(), standIn);
        }
      }
    }
  }

  private static boolean hasWriteObject(Class<?> type) {
    return Stream.of(type.getDeclaredMethods())
        .anyMatch(
            method ->
                method.getName().equals("writeObject")
                    && method.getParameterCount() == 1
                    && method.getParameterTypes()[0] == ObjectOutputStream.class);
  }

  private void addField(Object object, Class<?> type, String name, boolean standIn) {
    try {
      Field field = type.getDeclaredField(name);
      if (field.trySetAccessible()) {
        add(field.get(object), standIn ? name : TypeNames.brief(type) + "." + fieldName(name));
      }
    } catch (ReflectiveOperationException | RuntimeException e) {
      // A field that serialPersistentFields only invented, or one we may not read: it has no name.
    }
  }

  private static String fieldName(String name) {
    if (name.startsWith("this$")) {
      return name + " " + ENCLOSING;
    }
    return name.startsWith("val$") ? name.substring(4) : name;
  }
}
