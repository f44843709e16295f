package dev.telar.internal.codec;

import java.io.IOException;
import java.io.ObjectInputFilter;
import java.io.ObjectInputStream;
import java.io.ObjectStreamClass;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;

/// Reads what an [ObjectWriter] wrote: one value, with a [ClassFinding] in place of descriptors.
final class ObjectReader extends ObjectInputStream {
  private final ClassFinding classes;
  private final BulkSource bulk;
  private final MessageFilter own;
  private final ClassLoader loader;

  private ObjectReader(
      Input body,
      ClassFinding classes,
      BulkSource bulk,
      @Nullable ObjectInputFilter filter,
      ClassLoader loader)
      throws IOException {
    super(body);
    this.classes = classes;
    this.bulk = bulk;
    this.loader = loader;
    enableResolveObject(true);
    // A filter that is set on a stream replaces that of the JVM (jdk.serialFilter), unless merged.
    own = new MessageFilter(body.remaining());
    setObjectInputFilter(merge(merge(own, filter), getObjectInputFilter()));
  }

  private static ObjectInputFilter merge(
      ObjectInputFilter first, @Nullable ObjectInputFilter second) {
    return second == null ? first : ObjectInputFilter.merge(first, second);
  }

  /// Reads one value.
  ///
  /// @param bulk where large values lie
  /// @param filter asked besides the filters that are always there, or null
  static @Nullable Object read(
      Input body,
      ClassFinding classes,
      BulkSource bulk,
      @Nullable ObjectInputFilter filter,
      ClassLoader loader)
      throws IOException, ClassNotFoundException {
    var reader = new ObjectReader(body, classes, bulk, filter, loader);
    return reader.readObject();
  }

  /// Whether a stream would ask anybody but ourselves: the user's filter, or that of the JVM.
  static boolean asksOthers(@Nullable ObjectInputFilter filter) {
    return filter != null
        || ObjectInputFilter.Config.getSerialFilter() != null
        || !isBuiltIn(ObjectInputFilter.Config.getSerialFilterFactory());
  }

  private static boolean isBuiltIn(Object factory) {
    return factory.getClass().getEnclosingClass() == ObjectInputFilter.Config.class;
  }

  /// The filters that [#read] would ask, for values that are read without a stream.
  static ObjectInputFilter filterFor(
      Input body, ClassFinding classes, @Nullable ObjectInputFilter filter, ClassLoader loader)
      throws IOException {
    return new ObjectReader(body, classes, BulkSource.NONE, filter, loader).getObjectInputFilter();
  }

  @Override
  protected void readStreamHeader() {}

  @Override
  protected ObjectStreamClass readClassDescriptor() throws IOException, ClassNotFoundException {
    return ObjectStreamClass.lookupAny(classes.read(this, loader));
  }

  /// Fetches what lies beside the message. Called for every object: most are none of that.
  @Override
  protected @Nullable Object resolveObject(@Nullable Object object) throws IOException {
    if (object instanceof BulkReference reference) {
      Object value = BulkForm.read(reference, bulk);
      own.allow(reference.bytes());
      return value;
    }
    return object;
  }

  /// The descriptor is that of a class of this side already.
  @Override
  protected Class<?> resolveClass(ObjectStreamClass descriptor) {
    return descriptor.forClass();
  }

  /// Defines the proxy where its interfaces can be seen: the JDK would look for the first loader of
  /// users' code on the stack, and a worker has none of its own there.
  @Override
  protected Class<?> resolveProxyClass(String[] interfaces)
      throws IOException, ClassNotFoundException {
    var types = new Class<?>[interfaces.length];
    ClassLoader definer = loader;
    for (int i = 0; i < types.length; i++) {
      types[i] = ClassTable.load(interfaces[i], loader);
      if (!Modifier.isPublic(types[i].getModifiers())) {
        definer = types[i].getClassLoader();
      }
    }
    try {
      return Proxy.newProxyInstance(definer, types, (proxy, method, arguments) -> null).getClass();
    } catch (IllegalArgumentException e) {
      throw new ClassNotFoundException("a proxy class of " + String.join(", ", interfaces), e);
    }
  }
}
