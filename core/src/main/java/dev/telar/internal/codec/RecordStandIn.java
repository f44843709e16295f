package dev.telar.internal.codec;

import java.io.IOException;
import java.io.InvalidObjectException;
import java.io.NotSerializableException;
import java.io.Serializable;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// A record that is not `Serializable`, by its components: read through the accessors and made
/// again by the canonical constructor, which the contract of [Record] says gives an equal record.
///
/// The record's package must be readable: in the unnamed module it is; in a named one the record
/// must be public in an exported package, or the package opened to this module.
@SuppressWarnings("ArrayRecordComponent") // never compared
record RecordStandIn(Class<?> type, @Nullable Object[] components) implements Serializable {

  private static final ClassValue<Access> ACCESS =
      new ClassValue<>() {
        @Override
        protected Access computeValue(Class<?> type) {
          return Access.to(type);
        }
      };

  static Object of(Object value) throws IOException {
    Access access = ACCESS.get(value.getClass());
    if (access.refusal != null) {
      throw new NotSerializableException(access.refusal);
    }
    var components = new @Nullable Object[access.accessors.length];
    for (int i = 0; i < components.length; i++) {
      try {
        components[i] = access.accessors[i].invokeExact(value);
      } catch (RuntimeException | Error e) {
        throw e;
      } catch (Throwable e) {
        throw new IOException("an accessor of " + value.getClass().getName() + " failed", e);
      }
    }
    return new RecordStandIn(value.getClass(), components);
  }

  private Object readResolve() throws IOException {
    Access access = ACCESS.get(type);
    if (access.refusal != null || access.constructor == null) {
      throw new InvalidObjectException(access.refusal);
    }
    try {
      return access.constructor.invokeExact(components);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IOException("the constructor of " + type.getName() + " failed", e);
    }
  }

  /// How to take a record apart and put it together, or why that is not possible.
  private record Access(
      MethodHandle[] accessors, @Nullable MethodHandle constructor, @Nullable String refusal) {

    static Access to(Class<?> type) {
      if (!type.isRecord()) {
        return new Access(new MethodHandle[0], null, type.getName() + " is not a record");
      }
      try {
        return to(type, MethodHandles.privateLookupIn(type, MethodHandles.lookup()));
      } catch (IllegalAccessException | RuntimeException e) {
        return toPublic(type);
      }
    }

    private static Access toPublic(Class<?> type) {
      try {
        return to(type, MethodHandles.publicLookup());
      } catch (IllegalAccessException | RuntimeException e) {
        return new Access(new MethodHandle[0], null, refusal(type));
      }
    }

    private static Access to(Class<?> type, MethodHandles.Lookup lookup)
        throws IllegalAccessException {
      RecordComponent[] components = type.getRecordComponents();
      var accessors = new MethodHandle[components.length];
      var parameters = new Class<?>[components.length];
      for (int i = 0; i < components.length; i++) {
        MethodHandle accessor = lookup.unreflect(components[i].getAccessor());
        accessors[i] = accessor.asType(MethodType.methodType(Object.class, Object.class));
        parameters[i] = components[i].getType();
      }
      try {
        MethodHandle constructor =
            lookup
                .findConstructor(type, MethodType.methodType(void.class, parameters))
                .asSpreader(Object[].class, parameters.length)
                .asType(MethodType.methodType(Object.class, Object[].class));
        return new Access(accessors, constructor, null);
      } catch (NoSuchMethodException e) {
        throw new IllegalStateException(
            "no canonical constructor: " + Arrays.toString(parameters), e);
      }
    }

    private static String refusal(Class<?> type) {
      Module own = RecordStandIn.class.getModule();
      String to = own.isNamed() ? own.getName() : "ALL-UNNAMED";
      String module = type.getModule().isNamed() ? type.getModule().getName() : "unnamed";
      return type.getName()
          + " (a record that is not Serializable, in a package that Telar may not look into; write"
          + " `opens "
          + type.getPackageName()
          + " to "
          + to
          + ";` into the module-info of "
          + module
          + ", or let the record implement java.io.Serializable)";
    }
  }
}
