package dev.telar;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// What travels to a worker process and back, and what is said of what does not.
class TravelTest {

  private static ProcessPool pool;

  @BeforeAll
  static void open() {
    pool = Pool.processes(1);
  }

  @AfterAll
  static void close() {
    pool.close();
  }

  /// Not serializable, on purpose.
  public record Point(int x, double y, String label) {}

  private static final class Order implements Serializable {
    private final Object connection = new Socket();
  }

  private static final class Unserializable extends Exception {
    private final transient int code = 1;
    private final Object connection = new Object();

    Unserializable(String message, Throwable cause) {
      super(message, cause);
    }
  }

  private static final class Unreadable extends RuntimeException {
    Unreadable(String message) {
      super(message);
    }

    private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
      in.defaultReadObject();
      throw new IllegalStateException("cannot be read back");
    }
  }

  @Test
  void everydayValuesTravelThoughTheJdkDoesNotSerializeThem() {
    Map<String, Integer> map = new LinkedHashMap<>(Map.of("a", 1));
    List<Object> values =
        Arrays.asList(
            Path.of("some", "file.txt"),
            Optional.of("x"),
            Optional.empty(),
            OptionalInt.of(3),
            Map.entry("k", 2),
            List.of(1, 2, 3, 4).subList(1, 3),
            map.keySet(),
            map.values(),
            StandardCharsets.UTF_8,
            ByteBuffer.wrap(new byte[] {1, 2, 3}),
            new Point(1, 2.5, "p"),
            UUID.randomUUID(),
            LocalDate.of(2026, 11, 20),
            null);
    List<Object> back = pool.map(x -> x, values);
    for (int i = 0; i < values.size(); i++) {
      if (i == 7) {
        assertThat((Iterable<?>) back.get(i)).hasToString("[1]");
      } else {
        assertThat(back.get(i)).as("value %d", i).isEqualTo(values.get(i));
      }
    }
  }

  @Test
  void objectsThatTravelAreCopies() throws Exception {
    int[] numbers = {1, 2};
    int[] back =
        pool.submit(
                () -> {
                  numbers[0] = 10;
                  return numbers;
                })
            .get();
    assertThat(numbers).containsExactly(1, 2);
    assertThat(back).containsExactly(10, 2);
  }

  @Test
  void identityInsideOneMessageIsKept() throws Exception {
    Object[] pair = new Object[2];
    pair[0] = pair[1] = new int[] {1};
    assertThat(pool.submit(() -> pair[0] == pair[1]).get()).isTrue();
    List<Object> self = new java.util.ArrayList<>();
    self.add(self);
    assertThat(pool.submit(() -> self.get(0) == self).get()).isTrue();
  }

  @Test
  void aTaskThatCannotTravelIsRefusedNamingThePathToTheCulprit() {
    Order order = new Order();
    assertThatThrownBy(() -> pool.submit(() -> order.hashCode()))
        .isInstanceOfSatisfying(
            TaskNotSerializableException.class,
            e -> {
              assertThat(e.path()).contains("Order", "connection").contains("java.net.Socket");
              assertThat(e.getMessage()).contains(e.path());
            });
    assertThatThrownBy(() -> pool.map(x -> order.hashCode(), List.of(1)))
        .isInstanceOf(TaskNotSerializableException.class);
    assertThatThrownBy(() -> pool.map(x -> x, List.of(1, order)))
        .isInstanceOf(TaskNotSerializableException.class)
        .hasMessageContaining("connection");
    assertThat(pool.submit(() -> 1).join()).isEqualTo(1);
  }

  @Test
  void aTaskThatCapturesItsTestIsRefused() {
    assertThatThrownBy(() -> pool.submit(() -> this.hashCode()))
        .isInstanceOf(TaskNotSerializableException.class)
        .hasMessageContaining("TravelTest");
  }

  @Test
  void aResultThatCannotTravelFailsItsOwnTaskOnly() throws Exception {
    TaskFuture<Object> future = pool.submit(() -> new Order());
    TaskFuture<Integer> next = pool.submit(() -> 1);
    assertThat(PoolContract.failure(() -> future.get(20, SECONDS)))
        .hasMessageContaining("connection");
    assertThat(next.get(20, SECONDS)).isEqualTo(1);
  }

  @Test
  void aResultOfAMapThatCannotTravelFailsTheMap() {
    assertThat(PoolContract.failure(() -> pool.map(x -> x == 3 ? new Order() : x, List.of(1, 3))))
        .hasMessageContaining("connection");
    assertThat(pool.map(x -> x, List.of(1))).containsExactly(1);
  }

  @Test
  void anExceptionThatCannotBeSerializedComesAsItsDescription() {
    TaskFuture<Void> future = pool.submit(() -> failUnserializably());
    assertThat(PoolContract.failure(future::get))
        .isInstanceOfSatisfying(
            RemoteTaskException.class,
            e -> {
              assertThat(e.className()).isEqualTo(Unserializable.class.getName());
              assertThat(e.remoteMessage()).isEqualTo("cannot travel");
              assertThat(e.remoteTrace()).contains("failUnserializably", "the reason");
              assertThat(e.getStackTrace())
                  .anyMatch(frame -> frame.getMethodName().equals("failUnserializably"));
            });
  }

  private static void failUnserializably() throws Unserializable {
    throw new Unserializable("cannot travel", new IOException("the reason"));
  }

  @Test
  void anExceptionThatCannotBeReadBackComesAsItsDescription() {
    TaskFuture<Void> future =
        pool.submit(
            () -> {
              throw new Unreadable("one way");
            });
    assertThat(PoolContract.failure(() -> future.get(20, SECONDS)))
        .isInstanceOfSatisfying(
            RemoteTaskException.class,
            e -> {
              assertThat(e.className()).isEqualTo(Unreadable.class.getName());
              assertThat(e.remoteMessage()).isEqualTo("one way");
            });
  }

  @Test
  void suppressedExceptionsComeToo() {
    TaskFuture<Void> future =
        pool.submit(
            () -> {
              var error = new IOException("main");
              error.addSuppressed(new IOException("on the side"));
              throw error;
            });
    assertThat(PoolContract.failure(future::get))
        .hasMessage("main")
        .hasSuppressedException(new IOException("on the side"));
  }

  private static final class Node implements Serializable {
    private final Node next;

    Node(Node next) {
      this.next = next;
    }

    static Node chain(int length) {
      Node node = null;
      for (int i = 0; i < length; i++) {
        node = new Node(node);
      }
      return node;
    }
  }

  @Test
  void aGraphTooDeepToWriteIsAnErrorOfItsTaskOnly() throws Exception {
    Node deep = Node.chain(500_000);
    assertThatThrownBy(() -> pool.submit(() -> deep.hashCode())).isInstanceOf(Throwable.class);
    TaskFuture<Object> future = pool.submit(() -> Node.chain(500_000));
    assertThat(PoolContract.failure(() -> future.get(30, SECONDS)))
        .isNotInstanceOf(WorkerCrashedException.class);
    assertThat(pool.submit(() -> 1).get(20, SECONDS)).isEqualTo(1);
  }

  @Test
  void aSubmissionThatWasRefusedLeavesThePoolAsItWas() throws Exception {
    for (int i = 0; i < 50; i++) {
      Order order = new Order();
      assertThatThrownBy(() -> pool.submit(() -> order.hashCode()))
          .isInstanceOf(TaskNotSerializableException.class);
      assertThat(pool.submit(() -> "ok").get(20, SECONDS)).isEqualTo("ok");
    }
  }
}
