package dev.telar.internal.codec;

import java.util.Iterator;
import java.util.concurrent.FutureTask;
import java.util.stream.BaseStream;

/// What to write instead, for the culprits that people meet.
final class Advice {
  private Advice() {}

  static String on(Culprit culprit) {
    Object object = culprit.object();
    Class<?> type = object.getClass();
    String name = type.getName();
    Object root = culprit.root();
    if (root.getClass().getName().startsWith("java.util.concurrent.CompletableFuture$Async")) {
      return "Use pool.submit(() -> …), which returns a CompletableFuture, in place of"
          + " CompletableFuture.supplyAsync or runAsync with this pool.";
    }
    if (root instanceof FutureTask || name.startsWith("java.util.concurrent.Executors$")) {
      return "Hand the task itself to the pool (pool.submit(() -> …)), not a wrapper of it.";
    }
    if (culprit.reason() != null) {
      return "Capture only what the task needs.";
    }
    if (TypeNames.isLambda(type)) {
      return onLambda(culprit, type);
    }
    if (culprit.enclosing()) {
      return "The task uses a field or a method of the object around it. Copy what it needs into a"
          + " local variable before the lambda, make the method or class static, or let "
          + TypeNames.brief(type)
          + " implement java.io.Serializable.";
    }
    if (object instanceof BaseStream || object instanceof Iterator) {
      return "Collect it into a list before the task.";
    }
    if (object instanceof AutoCloseable || object instanceof Thread || isLive(name)) {
      return "Open or create it inside the task, and capture only what that needs (a name, an"
          + " address).";
    }
    return "Capture only what the task needs, or let "
        + TypeNames.brief(type)
        + " be a record or implement java.io.Serializable.";
  }

  private static String onLambda(Culprit culprit, Class<?> type) {
    if (culprit.isRoot()) {
      return "Type it as Task or Action: Task.of(() -> …), or write the lambda directly in the call"
          + " on the pool.";
    }
    Class<?>[] interfaces = type.getInterfaces();
    String of = interfaces.length == 0 ? "its type" : interfaces[0].getSimpleName();
    return "Give the lambda a Serializable type, such as Task, or cast it: (%s & Serializable)."
        .formatted(of);
  }

  /// Things of the running JVM that have no meaning elsewhere.
  private static boolean isLive(String name) {
    return name.startsWith("java.util.concurrent.locks.")
        || name.startsWith("java.lang.ThreadLocal")
        || name.startsWith("java.util.Timer")
        || name.startsWith("java.io.")
        || name.startsWith("java.net.")
        || name.startsWith("sun.nio.ch.");
  }
}
