package dev.telar.shared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.telar.ProcessPool;
import dev.telar.TaskFuture;
import dev.telar.TaskNotSerializableException;
import dev.telar.Waitable;
import dev.telar.Worker;
import dev.telar.testing.DieAt;
import dev.telar.testing.Fault;
import dev.telar.testing.HoldAt;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class PipeTest {
  private final Shared shared = Shared.open();

  @AfterEach
  void close() {
    shared.close();
  }

  @ParameterizedTest
  @EnumSource(SharedQueueTest.Mode.class)
  void aWorkerAnswersOverAPipe(SharedQueueTest.Mode mode) throws Exception {
    Pipe<String, Integer> pipe = shared.pipe();
    Connection<Integer, String> end = pipe.second();
    try (ProcessPool pool = mode.pool(1)) {
      TaskFuture<Integer> worker =
          pool.submit(
              () -> {
                int count = 0;
                try (end) {
                  while (true) {
                    end.send(end.receive().length());
                    count++;
                  }
                } catch (ConnectionEndedException e) {
                  return count;
                }
              });
      for (int i = 0; i < 500; i++) {
        pipe.first().send("x".repeat(i * (i % 50 == 0 ? 1000 : 1)));
        assertThat(pipe.first().receive()).isEqualTo(i * (i % 50 == 0 ? 1000 : 1));
      }
      assertThat(pipe.first().poll(Duration.ZERO)).isFalse();
      pipe.first().close();
      assertThat(worker.get()).isEqualTo(500);
      assertThatThrownBy(pipe.first()::receive)
          .isInstanceOf(ConnectionEndedException.class)
          .hasMessageContaining("closed by this side");
    }
  }

  @Test
  void whatWasSentBeforeTheCloseIsReceivedThenTheEnd() throws Exception {
    Pipe<Object, Object> pipe = shared.pipe();
    pipe.first().send(1);
    pipe.first().send("two");
    pipe.first().close();
    assertThat(pipe.second().poll(Duration.ZERO)).isTrue();
    assertThat(pipe.second().receive()).isEqualTo(1);
    assertThat(pipe.second().receive()).isEqualTo("two");
    assertThatThrownBy(pipe.second()::receive)
        .isInstanceOf(ConnectionEndedException.class)
        .hasMessageContaining("closed by the other side");
    assertThatThrownBy(() -> pipe.second().send(3)).isInstanceOf(ConnectionEndedException.class);
    assertThat(pipe.second().poll(Duration.ofDays(1))).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "FUTEX, ring.put.written",
    "PARK, ring.put.written",
    "FUTEX, ring.put.committed",
    "PARK, ring.put.committed",
    "FUTEX, ring.put.signalled",
    "PARK, pipe.held",
  })
  void theDeathOfAHolderIsTheEndOfTheStream(SharedQueueTest.Mode mode, String label)
      throws Exception {
    Pipe<Integer, Integer> pipe = shared.pipe();
    Connection<Integer, Integer> end = pipe.second();
    try (ProcessPool pool = mode.pool(1, DieAt.options(label))) {
      pool.submit(
          () -> {
            while (true) {
              end.send(end.receive());
            }
          });
      pipe.first().send(7);
      assertThatThrownBy(
              () -> {
                while (true) {
                  assertThat(pipe.first().receive()).isEqualTo(7);
                }
              })
          .isInstanceOf(ConnectionEndedException.class)
          .hasMessageContaining("died");
      assertThatThrownBy(() -> pipe.first().send(8)).isInstanceOf(ConnectionEndedException.class);
    }
  }

  @Test
  void aSenderDoesNotWaitForRoomThatTheDeadWillNotMake() throws Exception {
    Pipe<byte[], Integer> pipe = shared.pipe();
    Connection<Integer, byte[]> end = pipe.second();
    try (ProcessPool pool = SharedQueueTest.Mode.PARK.pool(1)) {
      pool.submit(
          () -> {
            end.receive();
            Fault.KILL.strike();
          });
      assertThatThrownBy(
              () -> {
                while (true) {
                  pipe.first().send(new byte[10_000]);
                }
              })
          .isInstanceOf(ConnectionEndedException.class);
    }
  }

  @Test
  void whatCannotTravelOrBeReadCostsOneMessage() throws Exception {
    Pipe<Object, Object> pipe = shared.pipe();
    assertThatThrownBy(() -> pipe.first().send(List.of(new Socket())))
        .isInstanceOf(TaskNotSerializableException.class);
    pipe.first().send(new Fault.WhenRead(Fault.EXCEPTION));
    pipe.first().send(List.of(1, 2));
    assertThatThrownBy(pipe.second()::receive).isInstanceOf(UnreadableElementException.class);
    assertThat(pipe.second().receive()).isEqualTo(List.of(1, 2));
  }

  @Test
  void pipesAndWorkersAreAwaitedTogether() throws Exception {
    Pipe<String, String> one = shared.pipe();
    Pipe<String, String> two = shared.pipe();
    Connection<String, String> end = two.second();
    try (Worker worker = Worker.process("sender", () -> end.send("hello"))) {
      List<Waitable> all = List.of(one.first(), two.first(), worker);
      assertThat(Connection.awaitAny(all, Duration.ofMillis(30))).isEmpty();
      worker.start();
      assertThat(Connection.awaitAny(all, Duration.ofSeconds(30))).contains(two.first());
      assertThat(two.first().receive()).isEqualTo("hello");
      worker.join();
      await().until(() -> two.first().poll(Duration.ZERO));
      assertThat(Connection.awaitAny(all, Duration.ofSeconds(30)))
          .as("the worker has ended, and so has its pipe")
          .containsExactlyInAnyOrder(two.first(), worker);
    }
  }

  @Test
  void awaitingAnyDoesNotStealWhatAnotherThreadWaitsFor() throws Exception {
    Pipe<Integer, Integer> pipe = shared.pipe();
    var received = new CompletableFuture<Integer>();
    Thread.ofVirtual()
        .start(
            () -> {
              try {
                received.complete(pipe.second().receive());
              } catch (IOException | InterruptedException e) {
                received.completeExceptionally(e);
              }
            });
    Thread any =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    Connection.awaitAny(List.of(pipe.second()), Duration.ofSeconds(20));
                  } catch (InterruptedException e) {
                    // the test is over
                  }
                });
    await().until(() -> any.getState() == Thread.State.TIMED_WAITING);
    pipe.first().send(1);
    assertThat(received.get()).isEqualTo(1);
    any.interrupt();
    any.join();
  }

  @Test
  void anEndCanBeSentThroughAnotherPipe() throws Exception {
    Pipe<Object, Object> outer = shared.pipe();
    Pipe<Object, Object> inner = shared.pipe();
    outer.first().send(inner.second());
    @SuppressWarnings("unchecked")
    var end = (Connection<Object, Object>) outer.second().receive();
    inner.first().send("through");
    assertThat(end.receive()).isEqualTo("through");
  }

  @Test
  void anEndThatComesBackIsHeldByWhoeverHasItNow() throws Exception {
    Pipe<Object, Object> pipe = shared.pipe();
    Connection<Object, Object> end = pipe.second();
    try (ProcessPool pool = SharedQueueTest.Mode.PARK.pool(1)) {
      assertThat(
              pool.submit(
                      () -> {
                        end.send("from the worker");
                        return end;
                      })
                  .get())
          .isSameAs(end);
    }
    assertThat(pipe.first().receive()).isEqualTo("from the worker");
    assertThat(pipe.first().poll(Duration.ofMillis(30))).as("the end of the stream").isFalse();
    end.send("from here");
    assertThat(pipe.first().receive()).isEqualTo("from here");
  }

  /// Both ends are in one process, and one closes while the other writes a message to a file.
  @Test
  void closingOneEndTakesNoFileFromWhoIsWritingAtTheOther(@TempDir Path folder) throws Exception {
    Pipe<byte[], Object> pipe = shared.pipe();
    Connection<byte[], Object> first = pipe.first();
    Connection<Object, byte[]> second = pipe.second();
    String[] held = HoldAt.options(folder, "ring.overflow.created", "");
    try (ProcessPool pool = SharedQueueTest.Mode.PARK.pool(1, held)) {
      TaskFuture<String> sending =
          pool.submit(
              () -> {
                Thread closer =
                    Thread.ofVirtual()
                        .start(
                            () -> {
                              HoldAt.held(folder).awaitStubbornly();
                              second.close();
                              HoldAt.go(folder).set();
                            });
                try {
                  first.send(new byte[100_000]);
                  return "sent";
                } catch (ConnectionEndedException e) {
                  return "ended";
                } finally {
                  closer.join();
                }
              });
      assertThat(sending.get()).isIn("sent", "ended");
    }
  }

  @Test
  void closingTheSharedEndsAWait() {
    Pipe<Object, Object> pipe = shared.pipe();
    var failure =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return pipe.first().receive();
              } catch (Exception e) {
                return e;
              }
            },
            Thread::startVirtualThread);
    shared.close();
    assertThat(failure.join()).isInstanceOf(SharedClosedException.class);
  }
}
