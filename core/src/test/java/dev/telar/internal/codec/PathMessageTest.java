package dev.telar.internal.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.telar.TaskNotSerializableException;
import java.io.Externalizable;
import java.io.IOException;
import java.io.ObjectInput;
import java.io.ObjectOutput;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.net.Socket;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The words for what cannot travel.
class PathMessageTest {
  private final Codec codec = new Codec();

  interface Job<T> extends Callable<T>, Serializable {}

  static final class Order implements Serializable {
    final String name = "o";
    Object connection = new Socket();
  }

  static class Plain {}

  record Box(Object content) {}

  record SerializableBox(Object content) implements Serializable {}

  static final class Link implements Serializable {
    Link next;
    Object load;
  }

  static final class Failing implements Serializable {
    private void writeObject(ObjectOutputStream out) throws IOException {
      throw new IOException("no disk", new Plainly());
    }
  }

  static final class Plainly extends Exception {
    final Object unsendable = new Plain();
  }

  static final class FailingUnchecked implements Serializable {
    private void writeObject(ObjectOutputStream out) {
      throw new IllegalStateException("closed");
    }
  }

  static final class Replacing implements Serializable {
    private Object writeReplace() {
      return new Order();
    }
  }

  static final class Outside implements Externalizable {
    @Override
    public void writeExternal(ObjectOutput out) throws IOException {
      out.writeObject(new Plain());
    }

    @Override
    public void readExternal(ObjectInput in) {}
  }

  static final class Derived extends ArrayList<Object> {
    final Object extra = new Plain();
  }

  private TaskNotSerializableException refusalOf(Object value) {
    var out = new Output();
    out.writeInt(42);
    var refusal =
        catchThrowableOfType(
            TaskNotSerializableException.class, () -> codec.encoder.encode(value, out));
    assertThat(refusal).as("the refusal of %s", value).isNotNull();
    assertThat(out.size()).as("the output after a refusal").isEqualTo(4);
    return refusal;
  }

  private String pathOf(Object value) {
    return refusalOf(value).path();
  }

  @Test
  void aCapturedObjectsField() {
    var order = new Order();
    Job<String> job = () -> order.name;
    assertThat(refusalOf(job))
        .hasMessageStartingWith(
            "PathMessageTest.lambda → arg0: Order → Order.connection: java.net.Socket is not"
                + " Serializable. Open or create it inside the task");
  }

  @Test
  void theSecondCapturedArgument() {
    int number = 7;
    var plain = new Plain();
    Job<String> job = () -> number + plain.toString();
    assertThat(pathOf(job)).isEqualTo("PathMessageTest.lambda → arg1: " + Plain.class.getName());
  }

  @Test
  void theEnclosingInstanceOfALambda() {
    Job<Object> job = () -> codec;
    assertThat(refusalOf(job))
        .hasMessageStartingWith(
            "PathMessageTest.lambda → this (the enclosing instance): "
                + PathMessageTest.class.getName()
                + " is not Serializable. The task uses a field or a method of the object around"
                + " it");
  }

  @Test
  void theReceiverOfAMethodReference() {
    var plain = new Plain();
    Job<String> job = plain::toString;
    assertThat(pathOf(job))
        .isEqualTo("PathMessageTest.lambda → receiver of ::toString: " + Plain.class.getName());
  }

  @Test
  void theEnclosingInstanceOfAnAnonymousClass() {
    var job =
        new Job<Object>() {
          @Override
          public Object call() {
            return codec;
          }
        };
    assertThat(refusalOf(job))
        .hasMessageContaining(
            "this$0 (the enclosing instance): " + PathMessageTest.class.getName());
  }

  @Test
  void anElementOfAnArray() {
    assertThat(pathOf(new Object[] {"a", null, new Plain()}))
        .isEqualTo("Object[] → [2]: " + Plain.class.getName());
  }

  @Test
  void anElementOfAList() {
    assertThat(pathOf(new SerializableBox(List.of(1, 2, 3, new Plain()))))
        .isEqualTo(
            "SerializableBox → SerializableBox.content: ListN → [3]: " + Plain.class.getName());
    assertThat(pathOf(new ArrayList<>(List.of(new Plain()))))
        .isEqualTo("ArrayList → [0]: " + Plain.class.getName());
  }

  @Test
  void anElementOfAnUnmodifiableView() {
    assertThat(pathOf(Collections.unmodifiableList(new ArrayList<>(List.of(1, new Plain())))))
        .endsWith("[1]: " + Plain.class.getName());
  }

  @Test
  void aValueAndAKeyOfAMap() {
    assertThat(pathOf(new HashMap<>(Map.of("x", new Plain()))))
        .isEqualTo("HashMap → value of key x: " + Plain.class.getName());
    assertThat(pathOf(Map.of(new Plain(), "x"))).isEqualTo("Map1 → key: " + Plain.class.getName());
  }

  @Test
  void theComparatorOfATree() {
    Comparator<String> comparator = (a, b) -> a.compareTo(b);
    assertThat(refusalOf(new TreeMap<>(comparator)))
        .hasMessageStartingWith(
            "TreeMap → PathMessageTest.lambda (java.util.Comparator) is not Serializable. Give the"
                + " lambda a Serializable type")
        .hasMessageContaining("(Comparator & Serializable)");
  }

  @Test
  void aComponentOfARecord() {
    assertThat(pathOf(new Box(new Box(new Plain()))))
        .isEqualTo("Box → Box.content: Box → Box.content: " + Plain.class.getName());
    assertThat(pathOf(new SerializableBox(new Plain())))
        .isEqualTo("SerializableBox → SerializableBox.content: " + Plain.class.getName());
  }

  @Test
  void theContentOfAnOptionalAndOfAReference() {
    assertThat(pathOf(Optional.of(new Plain())))
        .isEqualTo("Optional → value: " + Plain.class.getName());
    assertThat(pathOf(new AtomicReference<>(new Plain())))
        .isEqualTo("AtomicReference → " + Plain.class.getName());
  }

  @Test
  void anUntypedLambda() {
    Runnable job = () -> {};
    assertThat(refusalOf(job))
        .hasMessage(
            "PathMessageTest.lambda (java.lang.Runnable) is not Serializable. Type it as Task or"
                + " Action: Task.of(() -> …), or write the lambda directly in the call on the"
                + " pool.");
  }

  @Test
  void anUntypedLambdaInsideATypedOne() {
    Supplier<String> inner = () -> "x";
    Job<String> job = inner::get;
    assertThat(pathOf(job))
        .isEqualTo(
            "PathMessageTest.lambda → receiver of ::get: PathMessageTest.lambda"
                + " (java.util.function.Supplier)");
  }

  @Test
  void theWrapperOfSupplyAsync() {
    var wrapper = new Object[1];
    CompletableFuture.supplyAsync(() -> 1, task -> wrapper[0] = task);
    assertThat(refusalOf(wrapper[0]))
        .hasMessageContaining("is not Serializable. Use pool.submit(() -> …)");
    CompletableFuture.runAsync(() -> {}, task -> wrapper[0] = task);
    assertThat(refusalOf(wrapper[0])).hasMessageContaining("Use pool.submit(() -> …)");
  }

  @Test
  void aFutureTaskAndAStream() {
    assertThat(refusalOf(new FutureTask<>(() -> 1))).hasMessageContaining("not a wrapper of it");
    assertThat(refusalOf(new SerializableBox(Stream.of(1))))
        .hasMessageContaining("Collect it into a list");
  }

  @Test
  void whatWriteReplaceAndWriteExternalGive() {
    assertThat(pathOf(new Replacing())).isEqualTo("Replacing → Order.connection: java.net.Socket");
    assertThat(pathOf(new Outside())).isEqualTo("Outside → " + Plain.class.getName());
  }

  @Test
  void aFieldOfASubclassOfAList() {
    assertThat(pathOf(new Derived()))
        .isEqualTo("Derived → Derived.extra: " + Plain.class.getName());
  }

  @Test
  void aWriteObjectThatThrowsKeepsItsCause() {
    assertThat(refusalOf(new SerializableBox(new Failing())))
        .hasMessageStartingWith(
            "SerializableBox → SerializableBox.content: %s could not be written:"
                .formatted(Failing.class.getName()))
        .hasMessageContaining("no disk")
        .hasCauseInstanceOf(IOException.class)
        .hasRootCauseInstanceOf(Plainly.class);
    assertThat(refusalOf(new FailingUnchecked())).hasCauseInstanceOf(IllegalStateException.class);
  }

  @Test
  void aPathOfAnotherFileSystem(@TempDir Path folder) throws IOException {
    URI uri = URI.create("jar:" + folder.resolve("a.zip").toUri());
    try (FileSystem zip = FileSystems.newFileSystem(uri, Map.of("create", "true"))) {
      assertThat(refusalOf(new Box(zip.getPath("/a"))))
          .hasMessageContaining("Box.content")
          .hasMessageContaining("only paths of the default file system travel");
    }
  }

  @Test
  void aCycleAndAHugeGraphAreSearchedInBoundedTime() {
    var first = new Link();
    first.next = new Link();
    first.next.next = first;
    first.next.load = new Plain();
    assertThat(pathOf(first))
        .isEqualTo("Link → Link.next: Link → Link.load: " + Plain.class.getName());

    var many = new ArrayList<Object>();
    for (int i = 0; i < 300_000; i++) {
      many.add(new SerializableBox(i));
    }
    many.add(new SerializableBox(new Plain()));
    assertThat(refusalOf(many)).hasMessageContaining(Plain.class.getName());
  }

  @Test
  void aResourceIsToBeOpenedInTheTask() {
    assertThat(refusalOf(new SerializableBox(new Socket())))
        .hasMessageContaining("inside the task");
  }
}
