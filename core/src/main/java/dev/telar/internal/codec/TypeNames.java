package dev.telar.internal.codec;

/// Names of classes as a programmer knows them.
final class TypeNames {
  private static final String LAMBDA = "$$Lambda";

  private TypeNames() {}

  static boolean isLambda(Class<?> type) {
    return type.isHidden() && type.getName().contains(LAMBDA);
  }

  /// `Order`, `Report.lambda`.
  static String brief(Object object) {
    return isLambda(object.getClass()) ? lambda(object.getClass()) : brief(object.getClass());
  }

  static String brief(Class<?> type) {
    String name = type.getTypeName();
    String last = name.substring(name.lastIndexOf('.') + 1);
    // "Outer$Order" is Order, but of the anonymous "Report$1" the number alone says nothing.
    String inner = last.substring(last.lastIndexOf('$') + 1);
    return inner.isEmpty() || Character.isDigit(inner.charAt(0)) ? last : inner;
  }

  /// `java.net.Socket`, `Report.lambda (java.lang.Runnable)`.
  static String full(Object object) {
    Class<?> type = object.getClass();
    if (!isLambda(type)) {
      return type.getTypeName();
    }
    Class<?>[] interfaces = type.getInterfaces();
    return lambda(type) + (interfaces.length == 0 ? "" : " (" + interfaces[0].getTypeName() + ")");
  }

  private static String lambda(Class<?> type) {
    String host = type.getName().substring(0, type.getName().indexOf(LAMBDA));
    return host.substring(Math.max(host.lastIndexOf('.'), host.lastIndexOf('$')) + 1) + ".lambda";
  }
}
