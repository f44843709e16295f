package dev.telar.misbehaviour;

import java.lang.classfile.ClassFile;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import org.jspecify.annotations.Nullable;

/// Exceptions that are hard to bring home.
final class Throwing {

  private static final int DEEP = 100_000;

  private Throwing() {}

  static @Nullable Object whatCannotSayWhy() {
    throw new Mute();
  }

  static @Nullable Object whatCannotTravel() {
    throw new Loaded();
  }

  static @Nullable Object whatNobodyKnows() throws Exception {
    var name = ClassDesc.of("nowhere", "UnknownException");
    var parent = ClassDesc.of(RuntimeException.class.getName());
    byte[] type =
        ClassFile.of()
            .build(
                name,
                it ->
                    it.withSuperclass(parent)
                        .withFlags(ClassFile.ACC_PUBLIC)
                        .withMethodBody(
                            ConstantDescs.INIT_NAME,
                            ConstantDescs.MTD_void,
                            ClassFile.ACC_PUBLIC,
                            code ->
                                code.aload(0)
                                    .ldc("thrown by a class that exists only here")
                                    .invokespecial(
                                        parent,
                                        ConstantDescs.INIT_NAME,
                                        java.lang.constant.MethodTypeDesc.of(
                                            ConstantDescs.CD_void, ConstantDescs.CD_String))
                                    .return_()));
    throw (RuntimeException) new OneClass().define(type).getConstructor().newInstance();
  }

  static @Nullable Object circleOfCauses() {
    var first = new IllegalStateException("the first of a circle");
    var second = new IllegalStateException("the second of a circle", first);
    first.initCause(second);
    throw first;
  }

  static @Nullable Object deepChainOfCauses() {
    var chain = new IllegalStateException("the last cause");
    for (int i = 1; i < DEEP; i++) {
      chain = new Bare("cause " + i, chain);
    }
    throw new IllegalStateException("the outermost of many", chain);
  }

  /// A class loader for a class.
  private static final class OneClass extends ClassLoader {
    Class<?> define(byte[] type) {
      return defineClass(null, type, 0, type.length);
    }
  }

  /// Without a stack trace, so that a hundred thousand fit into a small heap.
  private static final class Bare extends IllegalStateException {
    Bare(String message, Throwable cause) {
      super(message, cause);
    }

    @Override
    public Throwable fillInStackTrace() {
      return this;
    }
  }

  private static final class Loaded extends RuntimeException {
    @SuppressWarnings({"serial", "UnusedVariable"}) // that it cannot be serialized is the accident
    private final Thread cargo = Thread.currentThread();

    Loaded() {
      super("carries a thread");
    }
  }

  private static final class Mute extends RuntimeException {
    @Override
    public String getMessage() {
      throw new IllegalStateException("getMessage throws");
    }

    @Override
    public String toString() {
      throw new IllegalStateException("toString throws");
    }

    @Override
    public synchronized Throwable getCause() {
      throw new IllegalStateException("getCause throws");
    }

    @Override
    public StackTraceElement[] getStackTrace() {
      throw new IllegalStateException("getStackTrace throws");
    }
  }
}
