package dev.telar;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import dev.telar.testing.Engine;
import dev.telar.testing.Mark;
import dev.telar.testing.Tally;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// States stay in their workers, on every engine in the same way.
class StatefulPoolContractTest extends PoolContract {

  /// Cannot travel, tells when it is made and closed, and notices two tasks at once.
  private static final class Parser implements AutoCloseable {
    private final String id = UUID.randomUUID().toString();
    private final AtomicInteger users = new AtomicInteger();
    private final Tally closed;
    private int parsed;

    Parser(Tally made, Tally closed) {
      this.closed = closed;
      made.add(id);
    }

    String parse(int number) {
      if (users.incrementAndGet() > 1) {
        throw new IllegalStateException("two tasks at once");
      }
      parsed++;
      Thread.yield();
      users.decrementAndGet();
      return id + ":" + number;
    }

    @Override
    public void close() {
      closed.add(id);
    }
  }

  private Tally tally(String name) {
    return Tally.in(folder, name);
  }

  private static List<Integer> numbers(int n) {
    return IntStream.range(0, n).boxed().toList();
  }

  private static String id(String parsed) {
    return parsed.substring(0, parsed.indexOf(':'));
  }

  @Test
  void aStateIsMadeOncePerWorkerAndHandedToEveryTask() {
    Tally made = tally("made");
    Tally closed = tally("closed");
    List<String> parsed;
    try (Pool pool = open()) {
      parsed =
          pool.withState(() -> new Parser(made, closed))
              .map((parser, number) -> parser.parse(number), numbers(2000));
    }
    assertThat(parsed).hasSize(2000);
    for (int i = 0; i < 2000; i++) {
      assertThat(parsed.get(i)).endsWith(":" + i);
    }
    var used = new HashSet<>(parsed.stream().map(StatefulPoolContractTest::id).toList());
    assertThat(made.lines()).hasSizeLessThanOrEqualTo(Math.min(2000, engine.parallelism()));
    assertThat(made.lines()).containsAll(used);
  }

  private static void assertOddOnly(List<Outcome<String>> outcomes, int n) {
    assertThat(outcomes).hasSize(n);
    for (int i = 0; i < n; i++) {
      assertThat(outcomes.get(i).isValue()).as("item %d", i).isEqualTo(i % 2 == 1);
    }
    assertThat(outcomes.get(1).orElseThrow()).endsWith(":1");
    assertThat(((Outcome.Failure<String>) outcomes.get(0)).cause()).hasMessage("even");
  }

  private static String parseOdd(Parser parser, int number) {
    if (number % 2 == 0) {
      throw new IllegalArgumentException("even");
    }
    return parser.parse(number);
  }

  @Test
  void failuresAreCollectedWhereTheyAreWanted() {
    Tally made = tally("made");
    Tally closed = tally("closed");
    try (var parsers = pool().withState(() -> new Parser(made, closed))) {
      StatefulOutcomes<Parser> outcomes = parsers.outcomes();
      assertOddOnly(outcomes.map(StatefulPoolContractTest::parseOdd, numbers(200)), 200);
      try (var stream = outcomes.stream(StatefulPoolContractTest::parseOdd, numbers(50))) {
        assertOddOnly(stream.toList(), 50);
      }
      try (var stream = outcomes.streamUnordered(StatefulPoolContractTest::parseOdd, numbers(50))) {
        assertThat(stream.filter(Outcome::isValue)).hasSize(25);
      }
      assertOddOnly(
          numbers(50).stream()
              .gather(outcomes.mapping(StatefulPoolContractTest::parseOdd))
              .toList(),
          50);
      assertThat(outcomes).hasToString(parsers + " with outcomes");
    }
    await().until(() -> closed.count() == made.count()); // in the folder that is about to go
  }

  @Test
  void anItemWhoseStateCannotBeMadeFailsInItsPlace() {
    Tally tried = tally("tried");
    try (var broken =
        pool()
            .withState(
                () -> {
                  tried.add("x");
                  throw new IllegalStateException("no model");
                })) {
      List<Outcome<Integer>> outcomes = broken.outcomes().map((state, x) -> x, numbers(3));
      assertThat(outcomes)
          .hasSize(3)
          .allSatisfy(
              each ->
                  assertThat(((Outcome.Failure<Integer>) each).cause())
                      .isInstanceOf(StateInitializationException.class));
      assertThat(tried.count()).isEqualTo(3);
    }
  }

  @Test
  void whenThePoolEndsEveryStateIsClosedOnce() throws Exception {
    Tally made = tally("made");
    Tally closed = tally("closed");
    try (Pool pool = open()) {
      var parsers = pool.withState(() -> new Parser(made, closed));
      for (int i = 0; i < 30; i++) {
        int number = i;
        parsers.submit(parser -> parser.parse(number)).get(20, SECONDS);
      }
      assertThat(closed.count()).isZero();
    }
    assertThat(closed.lines()).containsExactlyInAnyOrderElementsOf(made.lines());
  }

  @Test
  void closingTheViewClosesTheStatesAndLeavesThePoolOpen() throws Exception {
    Tally made = tally("made");
    Tally closed = tally("closed");
    Pool pool = open();
    var parsers = pool.withState(() -> new Parser(made, closed));
    var same = parsers.with(TaskOptions.defaults().name("named"));
    assertThat(same.submit(parser -> parser.parse(1)).name()).isEqualTo("named");
    parsers.map((parser, number) -> parser.parse(number), numbers(100));
    assertThat(closed.count()).isZero();
    parsers.close();
    parsers.close();
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(
            () -> assertThat(closed.lines()).containsExactlyInAnyOrderElementsOf(made.lines()));
    assertThatThrownBy(() -> same.submit(parser -> 1))
        .isInstanceOf(RejectedExecutionException.class)
        .hasMessageContaining("closed");
    assertThatThrownBy(() -> parsers.map((parser, i) -> 1, List.of(1)))
        .isInstanceOf(RejectedExecutionException.class);
    assertThat(pool.submit(() -> 1).get(20, SECONDS)).isEqualTo(1);
  }

  @Test
  void tasksSubmittedBeforeTheViewWasClosedStillHaveTheirState() throws Exception {
    Tally made = tally("made");
    Tally closed = tally("closed");
    Mark go = mark("go");
    Pool pool = open();
    List<TaskFuture<String>> tasks;
    try (var parsers = pool.withState(() -> new Parser(made, closed))) {
      tasks =
          IntStream.range(0, 20)
              .mapToObj(
                  i ->
                      parsers.<String>submit(
                          parser -> {
                            go.await();
                            return parser.closed.lines().contains(parser.id)
                                ? "closed"
                                : parser.parse(i);
                          }))
              .toList();
    }
    go.set();
    for (int i = 0; i < 20; i++) {
      assertThat(tasks.get(i).get(20, SECONDS)).endsWith(":" + i);
    }
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(
            () -> assertThat(closed.lines()).containsExactlyInAnyOrderElementsOf(made.lines()));
  }

  @Test
  void aViewThatNobodyHasAnyMoreLosesItsStates() {
    Tally made = tally("made");
    Tally closed = tally("closed");
    Pool pool = open();
    pool.withState(() -> new Parser(made, closed))
        .map((parser, number) -> parser.parse(number), numbers(10));
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(
            () -> {
              System.gc();
              assertThat(closed.lines()).containsExactlyInAnyOrderElementsOf(made.lines());
            });
  }

  @Test
  void streamsAndGatherersHandOverTheState() {
    Tally made = tally("made");
    Tally closed = tally("closed");
    Pool pool = open();
    var parsers = pool.withState(() -> new Parser(made, closed));
    StatefulFunction<Parser, Integer, String> parse =
        (parser, number) -> parser.parse(number).substring(37);
    List<String> expected = numbers(300).stream().map(String::valueOf).toList();
    assertThat(parsers.stream(parse, numbers(300))).containsExactlyElementsOf(expected);
    assertThat(parsers.streamUnordered(parse, numbers(300)))
        .containsExactlyInAnyOrderElementsOf(expected);
    assertThat(numbers(300).stream().gather(parsers.mapping(parse)))
        .containsExactlyElementsOf(expected);
    parsers.close();
    await().atMost(Duration.ofSeconds(20)).until(() -> closed.count() == made.count());
  }

  @Test
  void aStreamThatIsLeftEarlyLetsGoOfTheState() {
    Tally made = tally("made");
    Tally closed = tally("closed");
    var parsers = open().withState(() -> new Parser(made, closed));
    try (Stream<String> stream =
        parsers.stream(
            (parser, number) -> parser.parse(number),
            () -> Stream.iterate(0, i -> i + 1).iterator())) {
      assertThat(stream.limit(5)).hasSize(5);
    }
    parsers.close();
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(
            () -> assertThat(closed.lines()).containsExactlyInAnyOrderElementsOf(made.lines()));
  }

  @Test
  void anInitializerThatThrowsFailsTheTaskAndTheNextOneTriesAgain() throws Exception {
    Mark works = mark("works");
    Tally tries = tally("tries");
    Pool pool = open();
    StatefulPool<String> states =
        pool.withState(
            () -> {
              tries.add("try");
              if (!works.isSet()) {
                throw new IllegalArgumentException("no model there");
              }
              return "model";
            });
    for (int i = 1; i <= 3; i++) {
      TaskFuture<String> failing = states.submit(state -> state);
      assertThat(failure(() -> failing.get(20, SECONDS)))
          .isInstanceOf(StateInitializationException.class)
          .hasMessageContaining("no model there")
          .cause()
          .isInstanceOf(IllegalArgumentException.class);
      assertThat(tries.count()).isEqualTo(i);
    }
    assertThat(failure(() -> states.map((state, i) -> state + i, List.of(1))))
        .isInstanceOf(StateInitializationException.class);
    works.set();
    assertThat(states.map((state, i) -> state + i, List.of(1, 2)))
        .containsExactly("model1", "model2");
  }

  @Test
  void anInitializerThatEndsTheJvmCostsTheTaskThatNeededIt() throws Exception {
    assumeThat(engine.isolated()).isTrue();
    Tally tries = tally("tries");
    Pool pool = open();
    StatefulPool<String> states =
        pool.withState(
            () -> {
              tries.add("try");
              Runtime.getRuntime().halt(3);
              return "";
            });
    TaskFuture<String> failing = states.submit(state -> state);
    assertThat(failure(() -> failing.get(20, SECONDS))).isInstanceOf(WorkerCrashedException.class);
    assertThat(pool.submit(() -> 1).get(20, SECONDS)).isEqualTo(1);
    assertThat(tries.count()).isEqualTo(1);
  }

  @Test
  void aStateThatIsNeverNeededIsNeverMade() {
    Tally made = tally("made");
    Tally closed = tally("closed");
    try (Pool pool = open()) {
      var parsers = pool.withState(() -> new Parser(made, closed));
      assertThat(parsers.map((parser, i) -> i, List.<Integer>of())).isEmpty();
    }
    assertThat(made.count()).isZero();
  }

  @Test
  void makingTheStateDoesNotCountAsTimeOfTheTask() throws Exception {
    Pool pool = open();
    var slow =
        pool.withState(
                () -> {
                  Thread.sleep(600);
                  return "slow";
                })
            .with(TaskOptions.defaults().timeout(Duration.ofMillis(500)));
    assertThat(slow.<String>submit(state -> state).get(20, SECONDS)).isEqualTo("slow");
    assertThat(slow.map((state, i) -> state, List.of(1))).containsExactly("slow");
    TaskFuture<Integer> tooLong =
        slow.submit(
            state -> {
              Thread.sleep(60_000);
              return 1;
            });
    assertThat(failure(() -> tooLong.get(20, SECONDS))).isInstanceOf(TaskTimeoutException.class);
  }

  @Test
  void aStateMayBeNull() throws Exception {
    StatefulPool<Object> states = open().withState(() -> null);
    assertThat(states.<String>submit(state -> "it is " + state).get(20, SECONDS))
        .isEqualTo("it is null");
  }

  @Test
  void whatCannotTravelIsRefusedWhereItIsHandedOver() {
    Object local = new Object();
    Pool pool = open();
    if (engine.isolated()) {
      assertThatThrownBy(() -> pool.withState(() -> local))
          .isInstanceOf(TaskNotSerializableException.class);
      StatefulPool<String> states = pool.withState(() -> "");
      assertThatThrownBy(() -> states.submit(state -> local.hashCode()))
          .isInstanceOf(TaskNotSerializableException.class);
      assertThatThrownBy(() -> states.map((state, i) -> local.hashCode(), List.of(1)))
          .isInstanceOf(TaskNotSerializableException.class);
    } else {
      assertThat(pool.withState(() -> local).map((state, i) -> state == local, List.of(1)))
          .containsExactly(true);
    }
  }

  @Test
  void theWorkerThatReplacesAKilledOneHasAFreshState() throws Exception {
    assumeThat(engine).isEqualTo(Engine.PROCESSES);
    Tally made = tally("made");
    Tally closed = tally("closed");
    Pool pool = closeLater(Pool.processes(1));
    var parsers = pool.withState(() -> new Parser(made, closed));
    assertThat(parsers.submit(parser -> ++parser.parsed).get(20, SECONDS)).isEqualTo(1);
    assertThat(parsers.submit(parser -> ++parser.parsed).get(20, SECONDS)).isEqualTo(2);
    TaskFuture<Integer> deadly =
        parsers.submit(
            parser -> {
              Runtime.getRuntime().halt(1);
              return 0;
            });
    assertThat(failure(() -> deadly.get(20, SECONDS))).isInstanceOf(WorkerCrashedException.class);
    assertThat(parsers.submit(parser -> ++parser.parsed).get(20, SECONDS)).isEqualTo(1);
    assertThat(made.count()).isEqualTo(2);
    assertThat(closed.count()).isZero();
  }

  @Test
  void anInitializerThatHangsIsInterruptedAtItsOwnLimit() throws Exception {
    assumeThat(engine).isEqualTo(Engine.PROCESSES);
    try (var pool =
        ProcessPool.builder().workers(1).initializerTimeout(Duration.ofSeconds(1)).build()) {
      long before = pool.submit(() -> ProcessHandle.current().pid()).get(20, SECONDS);
      StatefulPool<String> states =
          pool.withState(
              () -> {
                Thread.sleep(60_000);
                return "";
              });
      TaskFuture<String> failing = states.submit(state -> state);
      assertThat(failure(() -> failing.get(20, SECONDS)))
          .isInstanceOf(StateInitializationException.class)
          .hasCauseInstanceOf(InterruptedException.class);
      assertThat(pool.submit(() -> ProcessHandle.current().pid()).get(20, SECONDS))
          .isEqualTo(before);
    }
  }

  @Test
  void anInitializerThatHangsAndIgnoresTheInterruptIsKilled() throws Exception {
    assumeThat(engine).isEqualTo(Engine.PROCESSES);
    Mark never = mark("never");
    try (var pool =
        ProcessPool.builder()
            .workers(1)
            .initializerTimeout(Duration.ofSeconds(1))
            .grace(Duration.ofMillis(100))
            .build()) {
      StatefulPool<String> states =
          pool.withState(
              () -> {
                never.awaitStubbornly();
                return "";
              });
      TaskFuture<String> failing = states.submit(state -> state);
      assertThat(failure(() -> failing.get(20, SECONDS)))
          .isInstanceOf(WorkerCrashedException.class)
          .hasMessageContaining("initializer of the state");
      assertThat(pool.submit(() -> 1).get(20, SECONDS)).isEqualTo(1);
    }
  }

  @Test
  void aStateThatCannotBeClosedIsNoOnesTrouble() throws Exception {
    Mark closing = mark("closing");
    try (Pool pool = open()) {
      StatefulPool<AutoCloseable> states =
          pool.withState(
              () ->
                  () -> {
                    closing.set();
                    throw new IllegalStateException("does not close");
                  });
      assertThat(states.<Integer>submit(state -> 1).get(20, SECONDS)).isEqualTo(1);
    }
    assertThat(closing.isSet()).isTrue();
  }
}
