package dev.telar.internal.codec;

import java.io.IOException;
import java.io.InvalidObjectException;
import java.io.ObjectInputFilter;
import java.lang.invoke.SerializedLambda;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Reads what a [LambdaWriter] wrote, and asks the filters of the JVM what they would be asked if
/// the JDK read it.
final class LambdaReader {

  /// The method of each class that makes its lambdas, as [SerializedLambda] says.
  private static final ClassValue<Maker> MAKERS =
      new ClassValue<>() {
        @Override
        protected Maker computeValue(Class<?> type) {
          try {
            return new Maker(type.getDeclaredMethod("$deserializeLambda$", SerializedLambda.class));
          } catch (NoSuchMethodException e) {
            return new Maker(null);
          }
        }
      };

  private record Maker(@Nullable Method method) {
    private Maker {
      if (method != null && !method.trySetAccessible()) {
        method = null;
      }
    }
  }

  private LambdaReader() {}

  static Object read(
      Input body,
      ClassTable classes,
      Decoder decoder,
      @Nullable ObjectInputFilter filter,
      ClassLoader loader)
      throws IOException, ClassNotFoundException {
    ObjectInputFilter asked =
        ObjectReader.asksOthers(filter)
            ? ObjectReader.filterFor(body.copy(), classes, filter, loader)
            : null;
    Class<?> capturing = classes.resolve(body.readSize(), loader);
    LambdaShape shape = classes.lambda(body.readSize());
    int count = body.readSize();
    if (asked != null) {
      MessageFilter.ask(asked, SerializedLambda.class, -1);
      MessageFilter.ask(asked, capturing, -1);
      MessageFilter.ask(asked, Object[].class, count);
    }
    Object lambda = make(capturing, shape.with(capturing, captured(body, count, decoder, loader)));
    if (asked != null) {
      MessageFilter.ask(asked, lambda.getClass(), -1);
    }
    return lambda;
  }

  private static @Nullable Object[] captured(
      Input body, int count, Decoder decoder, ClassLoader loader) throws IOException {
    if (body.readBoolean()) {
      if (decoder.decode(body, loader) instanceof Object[] all && all.length == count) {
        return all;
      }
      throw new CorruptMessageException("what a lambda has captured is missing");
    }
    body.need(count);
    var captured = new @Nullable Object[count];
    for (int i = 0; i < count; i++) {
      captured[i] = decoder.decode(body, loader);
    }
    return captured;
  }

  private static Object make(Class<?> capturing, SerializedLambda parts) throws IOException {
    Method method = MAKERS.get(capturing).method;
    if (method == null) {
      throw new InvalidObjectException(
          capturing.getName() + " has no lambda of that name, or may not be looked into here");
    }
    try {
      return method.invoke(null, parts);
    } catch (InvocationTargetException e) {
      Throwable cause = Objects.requireNonNull(e.getCause());
      if (cause instanceof Error error) { // the class could not be initialized, for instance
        throw error;
      }
      throw new InvalidObjectException(
          "a lambda of " + capturing.getName() + ": " + Throwables.describe(cause), cause);
    } catch (IllegalAccessException e) {
      throw new AssertionError(e);
    }
  }
}
