package dev.telar.kill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.telar.kill.QueueScenarios.Item;
import dev.telar.shared.Connection;
import dev.telar.shared.ConnectionEndedException;
import dev.telar.shared.Pipe;
import dev.telar.shared.Shared;
import dev.telar.shared.SharedLong;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.stream.IntStream;

/// Pipes: what the dead had sent arrives, then the end.
final class PipeScenarios {
  static final List<Scenario> ALL =
      List.of(
          Scenario.of("pipe-sender", (shared, _) -> new Sending(shared)),
          Scenario.of("pipe-receiver", (shared, _) -> new Receiving(shared)),
          Scenario.of("pipe-echo", (shared, _) -> new Echoing(shared)));

  private static final int MESSAGES = 12;
  private static final int LARGE = 20_000; // goes through a file of its own

  private PipeScenarios() {}

  private static Item message(int number) {
    Item small = Item.of(1, number);
    return number % 5 == 4 ? new Item(1, number, filled(number)) : small;
  }

  private static byte[] filled(int number) {
    byte[] content = new byte[LARGE];
    java.util.Arrays.fill(content, (byte) number);
    return content;
  }

  private static void assertWhole(Item item) {
    assertThat(item.content()).as("is it torn?").isEqualTo(message(item.number()).content());
  }

  /// The stage has one end, the victim the other.
  private abstract static class Piping extends Trial {
    final Pipe<Item, Item> pipe;
    final SharedLong begun;
    final SharedLong done;

    Piping(Shared shared) {
      this.pipe = shared.pipe();
      this.begun = shared.longValue(0);
      this.done = shared.longValue(0);
    }

    /// A victim that died before it had its end never held it: it is still this process's own.
    void closeIfNeverSent() {
      if (begun.get() == 0) {
        pipe.second().close();
      }
    }

    /// Receives until the end.
    List<Integer> receiveAll() throws IOException, InterruptedException {
      var numbers = new ArrayList<Integer>();
      try {
        while (true) {
          Item item = pipe.first().receive();
          assertWhole(item);
          numbers.add(item.number());
        }
      } catch (ConnectionEndedException end) {
        return numbers;
      }
    }

    /// Sends until the end.
    int sendAll(int most) throws IOException, InterruptedException {
      for (int i = 1; i <= most; i++) {
        try {
          pipe.first().send(message(i));
        } catch (ConnectionEndedException end) {
          return i - 1;
        }
      }
      return most;
    }

    /// A stopped end is neither closed nor dead: whoever receives or sends still does, or is done.
    @Override
    void whileItStands(End end) {
      if (begun.get() == 1 && end.times("pipe.closed") == 0) {
        assertThat(waits()).as("waits for a stopped process").isTrue();
      }
    }

    abstract boolean waits();
  }

  private static final class Sending extends Piping {
    private FutureTask<List<Integer>> received;

    Sending(Shared shared) {
      super(shared);
    }

    @Override
    boolean waits() {
      return !received.isDone();
    }

    record Send(Connection<Item, Item> end, SharedLong begun, SharedLong done) implements Act {
      @Override
      public void run() throws Exception {
        begun.set(1);
        try (end) {
          for (int i = 1; i <= MESSAGES; i++) {
            end.send(message(i));
            done.set(i);
          }
        }
      }
    }

    @Override
    Act act() {
      return new Send(pipe.second(), begun, done);
    }

    @Override
    void begin(Survivors survivors) {
      received = survivors.start("receives until the end", this::receiveAll);
    }

    @Override
    void check(Survivors survivors, End end) throws Exception {
      closeIfNeverSent();
      List<Integer> numbers = survivors.result(received);
      pipe.first().close();
      assertThat(numbers).isEqualTo(IntStream.rangeClosed(1, numbers.size()).boxed().toList());
      assertThat((long) numbers.size()).isBetween(done.get(), done.get() + 1);
    }
  }

  private static final class Receiving extends Piping {
    private FutureTask<Integer> sent;

    Receiving(Shared shared) {
      super(shared);
    }

    @Override
    boolean waits() {
      return !sent.isDone();
    }

    record Receive(Connection<Item, Item> end, SharedLong begun, SharedLong done) implements Act {
      @Override
      public void run() throws Exception {
        begun.set(1);
        try (end) {
          for (int i = 1; i <= MESSAGES; i++) {
            Item item = end.receive();
            assertWhole(item);
            assertThat(item.number()).isEqualTo(i);
            done.set(i);
          }
        }
      }
    }

    @Override
    Act act() {
      return new Receive(pipe.second(), begun, done);
    }

    @Override
    void begin(Survivors survivors) {
      sent = survivors.start("sends more than there is room for", () -> sendAll(20 * MESSAGES));
    }

    @Override
    void check(Survivors survivors, End end) throws Exception {
      closeIfNeverSent();
      assertThat((long) survivors.result(sent)).isGreaterThanOrEqualTo(done.get());
      pipe.first().close();
    }
  }

  private static final class Echoing extends Piping {
    private FutureTask<Integer> answered;

    Echoing(Shared shared) {
      super(shared);
    }

    @Override
    boolean waits() {
      return true; // may have closed its own end by now
    }

    record Echo(Connection<Item, Item> end, SharedLong begun) implements Act {
      @Override
      public void run() throws Exception {
        begun.set(1);
        try (end) {
          while (true) {
            end.send(end.receive());
          }
        } catch (ConnectionEndedException over) {
          assertThat(end.poll(Duration.ZERO)).isTrue();
        }
      }
    }

    @Override
    Act act() {
      return new Echo(pipe.second(), begun);
    }

    @Override
    void begin(Survivors survivors) {
      answered =
          survivors.start(
              "asks",
              () -> {
                try (var end = pipe.first()) {
                  for (int i = 1; i <= MESSAGES; i++) {
                    end.send(message(i));
                    Item answer = end.receive();
                    assertWhole(answer);
                    assertThat(answer.number()).isEqualTo(i);
                  }
                  return MESSAGES;
                } catch (ConnectionEndedException end) {
                  return 0;
                }
              });
    }

    @Override
    void check(Survivors survivors, End end) throws Exception {
      closeIfNeverSent();
      int answers = survivors.result(answered);
      if (end.completed()) {
        assertThat(answers).isEqualTo(MESSAGES);
      }
    }
  }
}
