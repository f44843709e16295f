package dev.telar.internal.codec;

import java.lang.invoke.SerializedLambda;
import java.lang.module.ModuleDescriptor;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/// The class that the JVM has made for one lambda of the source, as the sender sees it: how to ask
/// its instances what they have captured.
///
/// Lambdas in a package that Telar may not look into have none of this, and are left to the JDK,
/// which may. A package that was opened while this JVM ran counts as closed: the reader's is not.
final class LambdaClass {

  private static final Module OWN = LambdaClass.class.getModule();

  private static final ClassValue<LambdaClass> OF_CLASS =
      new ClassValue<>() {
        @Override
        protected LambdaClass computeValue(Class<?> type) {
          return new LambdaClass(type);
        }
      };

  private final Class<?> type;
  private final @Nullable Method writeReplace;
  private volatile @Nullable Origin origin;

  /// What all lambdas of the class have in common.
  ///
  /// @param capturing the class around them
  record Origin(Class<?> capturing, LambdaShape shape) {}

  private LambdaClass(Class<?> type) {
    this.type = type;
    this.writeReplace = TypeNames.isLambda(type) && isOpen(type) ? writeReplace(type) : null;
  }

  static LambdaClass of(Class<?> type) {
    return OF_CLASS.get(type);
  }

  private static boolean isOpen(Class<?> type) {
    Module module = type.getModule();
    if (!module.isNamed() || module.equals(OWN)) {
      return true;
    }
    ModuleDescriptor descriptor = module.getDescriptor();
    return descriptor.isOpen()
        || descriptor.opens().stream()
            .anyMatch(
                opens ->
                    opens.source().equals(type.getPackageName())
                        && (!opens.isQualified() || opens.targets().contains(OWN.getName())));
  }

  private static @Nullable Method writeReplace(Class<?> type) {
    try {
      Method method = type.getDeclaredMethod("writeReplace");
      return method.trySetAccessible() ? method : null;
    } catch (NoSuchMethodException | LinkageError e) { // not serializable, or classes are missing
      return null;
    }
  }

  /// Whether its lambdas may be taken apart.
  boolean isKnown() {
    return writeReplace != null;
  }

  /// Takes a lambda of this class apart.
  ///
  /// @return null if it is not a lambda after all
  @Nullable SerializedLambda takeApart(Object lambda) throws ReflectiveOperationException {
    return writeReplace != null && writeReplace.invoke(lambda) instanceof SerializedLambda parts
        ? parts
        : null;
  }

  /// Where the lambdas of this class come from.
  ///
  /// @param parts one of them
  Origin origin(SerializedLambda parts) throws ClassNotFoundException {
    Origin known = origin;
    if (known == null) {
      String name = parts.getCapturingClass().replace('/', '.');
      Class<?> capturing = Class.forName(name, false, type.getClassLoader());
      known = new Origin(capturing, LambdaShape.of(parts));
      origin = known;
    }
    return known;
  }
}
