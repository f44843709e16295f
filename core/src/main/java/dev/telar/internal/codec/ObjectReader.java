package dev.telar.internal.codec;

import java.io.IOException;
import java.io.InvalidObjectException;
import java.io.ObjectInputFilter;
import java.io.ObjectInputStream;
import java.io.ObjectStreamClass;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;

/// Reads what an [ObjectWriter] wrote: one value, with class numbers in place of descriptors.
final class ObjectReader extends ObjectInputStream {
  private final ClassTable classes;
  private final ClassLoader loader;

  private ObjectReader(Input body, ClassTable classes, ClassLoader loader) throws IOException {
    super(body);
    this.classes = classes;
    this.loader = loader;
    // A filter that is set on a stream replaces that of the JVM (jdk.serialFilter), unless merged.
    ObjectInputFilter own = new MessageFilter(body.remaining());
    ObjectInputFilter ofJvm = getObjectInputFilter();
    setObjectInputFilter(ofJvm == null ? own : ObjectInputFilter.merge(own, ofJvm));
  }

  static @Nullable Object read(Input body, ClassTable classes, ClassLoader loader)
      throws IOException, ClassNotFoundException {
    var reader = new ObjectReader(body, classes, loader);
    return reader.readObject();
  }

  @Override
  protected void readStreamHeader() {}

  @Override
  protected ObjectStreamClass readClassDescriptor() throws IOException, ClassNotFoundException {
    int id = 0;
    for (int shift = 0; shift < 35; shift += 7) {
      int each = readUnsignedByte();
      id |= (each & 0x7f) << shift;
      if (each < 0x80) {
        return ObjectStreamClass.lookupAny(classes.resolve(id, loader));
      }
    }
    throw new InvalidObjectException("a class number has more bytes than any number needs");
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
