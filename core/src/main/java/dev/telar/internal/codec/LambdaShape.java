package dev.telar.internal.codec;

import java.lang.invoke.SerializedLambda;
import org.jspecify.annotations.Nullable;

/// What all lambdas that come from one place in the source have in common: everything in a
/// [SerializedLambda] but the class around them, which has a description of its own, and what they
/// have captured.
///
/// It is described to each reader once, as a class is; a lambda is then two numbers and what it has
/// captured, in place of ten strings and four class descriptors.
record LambdaShape(
    String interfaceName,
    String methodName,
    String methodSignature,
    int implementationKind,
    String implementationClass,
    String implementationName,
    String implementationSignature,
    String instantiatedType)
    implements Description {

  static LambdaShape of(SerializedLambda lambda) {
    return new LambdaShape(
        lambda.getFunctionalInterfaceClass(),
        lambda.getFunctionalInterfaceMethodName(),
        lambda.getFunctionalInterfaceMethodSignature(),
        lambda.getImplMethodKind(),
        lambda.getImplClass(),
        lambda.getImplMethodName(),
        lambda.getImplMethodSignature(),
        lambda.getInstantiatedMethodType());
  }

  /// Puts a lambda together again.
  ///
  /// @param capturing the class around it
  SerializedLambda with(Class<?> capturing, @Nullable Object[] captured) {
    return new SerializedLambda(
        capturing,
        interfaceName,
        methodName,
        methodSignature,
        implementationKind,
        implementationClass,
        implementationName,
        implementationSignature,
        instantiatedType,
        captured);
  }

  static LambdaShape read(Input in) throws CorruptMessageException {
    return new LambdaShape(
        in.readUtf(),
        in.readUtf(),
        in.readUtf(),
        in.readByte(),
        in.readUtf(),
        in.readUtf(),
        in.readUtf(),
        in.readUtf());
  }

  @Override
  public void write(Output out) {
    out.writeUtf(interfaceName);
    out.writeUtf(methodName);
    out.writeUtf(methodSignature);
    out.writeByte(implementationKind);
    out.writeUtf(implementationClass);
    out.writeUtf(implementationName);
    out.writeUtf(implementationSignature);
    out.writeUtf(instantiatedType);
  }
}
