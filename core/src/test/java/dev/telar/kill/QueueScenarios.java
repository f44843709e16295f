package dev.telar.kill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.telar.shared.QueueClosedException;
import dev.telar.shared.Shared;
import dev.telar.shared.SharedLong;
import dev.telar.shared.SharedQueue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/// Queues: whatever was put is taken once, whole and in order, whoever dies.
final class QueueScenarios {
  static final List<Scenario> ALL =
      List.of(
          Scenario.of(
              "queue-producer", (shared, random) -> new Producing(shared, random.nextInt(4))),
          Scenario.of(
              "queue-consumer", (shared, random) -> new Consuming(shared, random.nextInt(4))),
          Scenario.of("queue-closer", (shared, _) -> new Closing(shared)));

  private static final int BYTES = 4096;
  private static final int LARGE = 2000; // more than a quarter of the queue: a file of its own
  private static final int ITEMS = 8;
  private static final int VICTIMS_SHARE = 6;
  private static final int LAST = 3 * ITEMS + 2;

  private QueueScenarios() {}

  /// An element whose content tells whether it is whole.
  record Item(int from, int number, byte[] content) implements java.io.Serializable {
    static Item of(int from, int number) {
      int length = number % 3 == 2 ? LARGE + number : 10 * number;
      byte[] content = new byte[length];
      Arrays.fill(content, (byte) (from * 31 + number));
      return new Item(from, number, content);
    }

    Item checked() {
      assertThat(content).as("is it torn?").isEqualTo(of(from, number).content());
      return this;
    }
  }

  static void put(SharedQueue<Item> queue, Item item, int way) throws InterruptedException {
    switch (way) {
      case 0 -> queue.put(item);
      case 1 -> assertThat(queue.offer(item, 30, TimeUnit.SECONDS)).isTrue();
      default -> {
        while (!queue.offer(item)) {
          Thread.sleep(1);
        }
      }
    }
  }

  static Item take(SharedQueue<Item> queue, int way) throws InterruptedException {
    try {
      return switch (way) {
        case 0 -> queue.next();
        case 1 -> {
          Item item = null;
          while (item == null) {
            item = queue.poll(50, TimeUnit.MILLISECONDS);
          }
          yield item;
        }
        case 2 -> {
          Item item = queue.poll();
          while (item == null) {
            Thread.sleep(1);
            item = queue.poll();
          }
          yield item;
        }
        default -> queue.take();
      };
    } catch (QueueClosedException end) {
      return null;
    }
  }

  /// The victim and another put; one takes.
  private static final class Producing extends Trial {
    private final SharedQueue<Item> queue;
    private final SharedLong done;
    private final int way;
    private FutureTask<List<Item>> taken;
    private FutureTask<?> other;

    Producing(Shared shared, int way) {
      this.queue = shared.queue(6, BYTES);
      this.done = shared.longValue(0);
      this.way = way;
    }

    record Produce(SharedQueue<Item> queue, SharedLong done, int way) implements Act {
      @Override
      public void run() throws Exception {
        for (int i = 1; i <= ITEMS; i++) {
          put(queue, Item.of(1, i), way);
          done.set(i);
        }
      }
    }

    @Override
    Act act() {
      return new Produce(queue, done, way);
    }

    @Override
    void begin(Survivors survivors) {
      taken =
          survivors.start(
              "takes",
              () -> {
                var all = new ArrayList<Item>();
                for (Item item = take(queue, way); item != null; item = take(queue, way)) {
                  all.add(item.checked());
                }
                return all;
              });
      other =
          survivors.start(
              "puts, too",
              () -> {
                survivors.awaitVictim();
                for (int i = 1; i <= ITEMS; i++) {
                  put(queue, Item.of(2, i), (way + i) % 3);
                }
                return null;
              });
    }

    /// Who is stopped while he puts holds up other producers, and nobody takes his place.
    @Override
    void whileItStands(End end) throws Exception {
      if (end.times("ring.put.written") > end.times("ring.put.signalled")
          && end.label().startsWith("ring.put.written")) {
        assertThat(queue.offer(Item.of(4, 1), 20, TimeUnit.MILLISECONDS)).isFalse();
      }
    }

    @Override
    void check(Survivors survivors, End end) throws Exception {
      survivors.result(other);
      survivors.inTime(
          "ends the queue",
          () -> {
            queue.put(Item.of(3, 2)); // a large one: whoever puts it sweeps what the dead left
            queue.close();
            return null;
          });
      List<Item> all = survivors.result(taken);
      int victims = numbersOf(all, 1).size();
      assertThat(numbersOf(all, 1)).isEqualTo(IntStream.rangeClosed(1, victims).boxed().toList());
      assertThat((long) victims).isBetween(done.get(), done.get() + 1);
      assertThat(numbersOf(all, 2)).isEqualTo(IntStream.rangeClosed(1, ITEMS).boxed().toList());
      assertThat(numbersOf(all, 3)).isEqualTo(List.of(2));
    }

    private static List<Integer> numbersOf(List<Item> items, int from) {
      return items.stream().filter(item -> item.from() == from).map(Item::number).toList();
    }
  }

  /// The victim and another take; one puts.
  private static final class Consuming extends Trial {
    private final SharedQueue<Item> queue;
    private final List<SharedLong> victims;
    private final long[] others = new long[LAST + 1];
    private final int way;
    private FutureTask<?> producer;
    private FutureTask<?> consumer;

    Consuming(Shared shared, int way) {
      this.queue = shared.queue(6, BYTES);
      this.victims = IntStream.rangeClosed(0, LAST).mapToObj(_ -> shared.longValue(0)).toList();
      this.way = way;
    }

    record Consume(SharedQueue<Item> queue, SharedLong[] taken, int way) implements Act {
      @Override
      public void run() throws Exception {
        int last = 0;
        for (int i = 0; i < VICTIMS_SHARE; i++) {
          Item item = take(queue, way);
          taken[item.checked().number()].incrementAndGet();
          assertThat(item.number()).as("in order").isGreaterThan(last);
          last = item.number();
          queue.taskDone();
        }
      }
    }

    @Override
    Act act() {
      return new Consume(queue, victims.toArray(SharedLong[]::new), way);
    }

    @Override
    void begin(Survivors survivors) {
      producer =
          survivors.start(
              "puts",
              () -> {
                survivors.awaitVictim();
                for (int i = 1; i <= ITEMS * 2; i++) {
                  put(queue, Item.of(1, i), i % 3);
                }
                return null;
              });
      consumer =
          survivors.start(
              "takes, too",
              () -> {
                survivors.awaitVictim();
                int last = 0;
                int count = 0;
                for (Item item = take(queue, 0); item != null; item = take(queue, 0)) {
                  if (++count == ITEMS * 2 - VICTIMS_SHARE) {
                    survivors.awaitVictimsEnd(); // the rest is for the victim
                  }
                  others[item.checked().number()]++;
                  assertThat(item.number()).as("in order").isGreaterThan(last);
                  last = item.number();
                  queue.taskDone();
                }
                return null;
              });
    }

    @Override
    void check(Survivors survivors, End end) throws Exception {
      survivors.result(producer);
      survivors.inTime(
          "ends the queue",
          () -> {
            queue.put(Item.of(1, LAST)); // a large one: whoever puts it sweeps what the dead left
            queue.close();
            return null;
          });
      survivors.result(consumer);
      assertThat(survivors.inTime("joins", () -> queue.join(Duration.ofSeconds(15))))
          .as("nothing that the dead had taken is waited for")
          .isTrue();
      int lost = 0;
      for (int i = 1; i <= ITEMS * 2; i++) {
        long times = others[i] + victims.get(i).get();
        assertThat(times).as("how often element %d was taken", i).isLessThanOrEqualTo(1);
        if (times == 0) {
          lost++;
        }
      }
      assertThat(lost).as("elements that nobody has").isLessThanOrEqualTo(end.completed() ? 0 : 1);
      assertThat(queue).isEmpty();
    }
  }

  /// The victim puts and closes.
  private static final class Closing extends Trial {
    private final SharedQueue<Item> queue;
    private final SharedLong done;
    private FutureTask<Integer> taken;

    Closing(Shared shared) {
      this.queue = shared.queue();
      this.done = shared.longValue(0);
    }

    record Close(SharedQueue<Item> queue, SharedLong done) implements Act {
      @Override
      public void run() throws Exception {
        for (int i = 1; i <= 3; i++) {
          queue.put(Item.of(1, i));
          done.set(i);
        }
        queue.close();
        done.set(4);
      }
    }

    @Override
    Act act() {
      return new Close(queue, done);
    }

    @Override
    void begin(Survivors survivors) {
      taken =
          survivors.start(
              "takes until the end",
              () -> {
                int count = 0;
                for (Item item = queue.next(); item != null; item = queue.next()) {
                  item.checked();
                  count++;
                }
                return count;
              });
    }

    @Override
    void check(Survivors survivors, End end) throws Exception {
      if (done.get() == 4) {
        assertThat(queue.isClosed()).isTrue();
      }
      survivors.inTime(
          "closes, too",
          () -> {
            queue.close();
            return null;
          });
      long count = survivors.result(taken);
      assertThat(count).isBetween(Math.min(3, done.get()), Math.min(3, done.get() + 1));
    }
  }
}
