package dev.telar.internal.codec;

import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Finds the way from a value to the object in it that cannot be written: `Report.lambda → arg0:
/// Order → Order.connection: java.net.Socket`.
///
/// A walk in breadth, so that the way is a shortest one; each object is taken apart by a
/// [SerializationProbe] and its parts are named by [PartNames]. It runs only after a failure, and
/// is bounded in steps and time: beyond, the failure is reported without its path.
final class SerializationPath {
  private static final int MOST_OBJECTS = 200_000;
  private static final int MOST_STEPS = 2_000_000;
  private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(2);

  private final Queue<Node> pending = new ArrayDeque<>();
  private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
  private final long start = System.nanoTime();
  private int steps;

  /// An object, what is written in its place, and how it was reached. An empty label is a step not
  /// worth telling, such as the array inside a list.
  private record Node(Object object, Object written, @Nullable Node parent, String label) {
    Node(Object object, @Nullable Node parent, String label) {
      this(object, object, parent, label);
    }
  }

  private SerializationPath() {}

  /// Returns the culprit in `root`, or null if none was found.
  static @Nullable Culprit find(Object root) {
    try {
      return new SerializationPath().walk(root);
    } catch (StackOverflowError | IOException | RuntimeException e) {
      return null; // an explanation is a courtesy: without it, the failure itself is still reported
    }
  }

  private @Nullable Culprit walk(Object root) throws IOException {
    Culprit found = enqueue(new Node(root, null, ""));
    while (found == null && !pending.isEmpty() && withinBounds()) {
      found = expand(pending.remove());
    }
    return found;
  }

  private boolean withinBounds() {
    return seen.size() < MOST_OBJECTS
        && steps < MOST_STEPS
        && System.nanoTime() - start < LONGEST_NANOS;
  }

  /// Adds an object to those to be taken apart, or returns it if it is the culprit.
  private @Nullable Culprit enqueue(Node node) {
    Object object = node.object;
    steps++;
    if (isLeaf(object) || !seen.add(object)) {
      return null;
    }
    try {
      Object written = Replacements.replace(object, BulkSink.NONE, new Output(16));
      if (!(written instanceof Serializable) && !written.getClass().isArray()) {
        return culprit(node, null);
      }
      pending.add(new Node(object, written, node.parent, node.label));
      return null;
    } catch (IOException | RuntimeException e) {
      return culprit(node, e);
    }
  }

  private static boolean isLeaf(Object object) {
    Class<?> type = object.getClass();
    return object instanceof String
        || (object instanceof Number && type.getName().startsWith("java.lang."))
        || object instanceof Enum
        || object instanceof Class
        || type == Boolean.class
        || type == Character.class
        || (type.isArray() && type.getComponentType().isPrimitive());
  }

  private @Nullable Culprit expand(Node node) throws IOException {
    if (node.written instanceof @Nullable Object[] array) {
      return expandArray(node, array);
    }
    SerializationProbe probe = SerializationProbe.of(node.written);
    Exception failure = probe.failure();
    if (failure != null) {
      return culprit(node, failure);
    }
    PartNames names = PartNames.of(node.written, probe.subject());
    if (names.areWritten()) {
      // First the parts under their names: a part with a writeReplace is another object to the
      // probe.
      for (Object part : names.parts()) {
        Culprit found = enqueue(new Node(part, node, names.of(part)));
        if (found != null) {
          return found;
        }
      }
    }
    for (Object child : probe.children()) {
      Culprit found = enqueue(new Node(child, node, names.of(child)));
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  private @Nullable Culprit expandArray(Node node, @Nullable Object[] array) {
    for (int i = 0; i < array.length && steps < MOST_STEPS; i++) {
      Object element = array[i];
      steps++;
      Culprit found = element == null ? null : enqueue(new Node(element, node, "[" + i + "]"));
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  private static Culprit culprit(Node node, @Nullable Exception reason) {
    var path = new StringBuilder(TypeNames.full(node.object));
    boolean enclosing = node.label.endsWith(PartNames.ENCLOSING);
    if (!node.label.isEmpty()) {
      path.insert(0, node.label + ": ");
    }
    Node root = node;
    for (Node each = node.parent; each != null; each = each.parent) {
      if (each.parent == null) {
        root = each;
        path.insert(0, TypeNames.brief(each.object) + " → ");
      } else if (!each.label.isEmpty()) {
        path.insert(0, each.label + ": " + TypeNames.brief(each.object) + " → ");
      }
    }
    return new Culprit(node.object, path.toString(), enclosing, root.object, reason);
  }
}
