package dev.telar.shared.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.telar.shared.QueueClosedException;
import dev.telar.shared.SharedQueue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

class QueueContractTest extends SharedContract {
  private static final int ELEMENTS = 5_000;

  @OnAllSides
  void whatOnePutsTheOtherTakesInOrder(Sides sides) throws Exception {
    Sides.Opened on = open(sides);
    SharedQueue<Integer> queue = shared.queue(16);

    var produced =
        on.one(
            () -> {
              for (int i = 0; i < ELEMENTS; i++) {
                queue.put(i);
              }
              queue.close();
              return ELEMENTS;
            });
    var consumed = on.other(() -> takeAll(queue));

    assertThat(get(consumed)).isEqualTo(IntStream.range(0, ELEMENTS).boxed().toList());
    assertThat(get(produced)).isEqualTo(ELEMENTS);
  }

  private static ArrayList<Integer> takeAll(SharedQueue<Integer> queue)
      throws InterruptedException {
    var all = new ArrayList<Integer>();
    for (Integer next = queue.next(); next != null; next = queue.next()) {
      all.add(next);
    }
    return all;
  }

  @OnAllSides
  void severalProducersAndConsumersShareEveryElementOnce(Sides sides) throws Exception {
    Sides.Opened on = open(sides);
    SharedQueue<Integer> queue = shared.queue(8);

    var first = on.one(() -> produce(queue, 0));
    var second = on.other(() -> produce(queue, 1));
    var one = on.one(() -> takeAll(queue));
    var other = on.other(() -> takeAll(queue));
    get(first);
    get(second);
    queue.close();

    var all = new ArrayList<>(get(one));
    assertThat(all.stream().filter(i -> i % 2 == 0).toList()).isSorted();
    List<Integer> rest = get(other);
    assertThat(rest.stream().filter(i -> i % 2 == 1).toList()).isSorted();
    all.addAll(rest);
    assertThat(all.stream().sorted().toList())
        .isEqualTo(IntStream.range(0, 2 * 1_000).boxed().toList());
  }

  private static int produce(SharedQueue<Integer> queue, int offset) throws InterruptedException {
    for (int i = 0; i < 1_000; i++) {
      queue.put(2 * i + offset);
    }
    return 1_000;
  }

  @OnAllSides
  void whoeverWaitsForAnElementLearnsOfTheEnd(Sides sides) throws Exception {
    Sides.Opened on = open(sides);
    SharedQueue<Integer> queue = shared.queue();

    var waiter =
        on.one(
            () -> {
              try {
                return "took " + queue.take();
              } catch (QueueClosedException end) {
                return "the end";
              }
            });
    assertThat(get(on.other(() -> queue.poll(10, TimeUnit.MILLISECONDS) == null))).isTrue();
    get(
        on.other(
            () -> {
              queue.close();
              return 0;
            }));

    assertThat(get(waiter)).isEqualTo("the end");
  }

  @OnAllSides
  void joinWaitsUntilAllIsDone(Sides sides) throws Exception {
    Sides.Opened on = open(sides);
    SharedQueue<byte[]> queue = shared.queue(4, 4096);

    var worker =
        on.other(
            () -> {
              int sum = 0;
              for (int i = 0; i < 10; i++) {
                sum += queue.take().length;
                queue.taskDone();
              }
              return sum;
            });
    var joined =
        on.one(
            () -> {
              for (int i = 0; i < 10; i++) {
                queue.put(new byte[i * 700]); // the longer ones through files of their own
              }
              return queue.join(Duration.ofSeconds(20));
            });

    assertThat(get(joined)).isTrue();
    assertThat(get(worker)).isEqualTo(45 * 700);
  }
}
