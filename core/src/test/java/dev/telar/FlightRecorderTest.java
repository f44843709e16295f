package dev.telar;

import static java.util.concurrent.TimeUnit.SECONDS;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import dev.telar.shared.Shared;
import dev.telar.shared.SharedLock;
import dev.telar.testing.Fault;
import dev.telar.testing.JavaProgram;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import jdk.jfr.FlightRecorder;
import jdk.jfr.Recording;
import jdk.jfr.ValueDescriptor;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The events of Flight Recorder, whose names and fields others build upon: all of those that
/// `docs/reference/observing.md` lists, and no others.
class FlightRecorderTest {

  private static final Map<String, Set<String>> FIELDS =
      Map.ofEntries(
          Map.entry("TaskSubmitted", Set.of("pool", "id", "task", "items")),
          Map.entry("TaskStarted", Set.of("pool", "id", "task", "worker", "attempt")),
          Map.entry("TaskFinished", Set.of("pool", "id", "task", "worker", "ran")),
          Map.entry("TaskFailed", Set.of("pool", "id", "task", "worker", "error")),
          Map.entry("TaskTimedOut", Set.of("pool", "id", "task", "worker")),
          Map.entry("TaskCancelled", Set.of("pool", "id", "task")),
          Map.entry("WorkerStarted", Set.of("pool", "worker", "pid")),
          Map.entry("WorkerReady", Set.of("pool", "worker", "pid", "starting")),
          Map.entry("WorkerRecycled", Set.of("pool", "worker", "pid", "reason")),
          Map.entry("WorkerDied", Set.of("pool", "worker", "pid", "cause", "exitCode", "signal")),
          Map.entry("WorkerEnded", Set.of("pool", "worker", "pid")),
          Map.entry("LockAbandoned", Set.of("lock", "pid")));

  @TempDir Path folder;

  /// Lets everything happen once. In a JVM of its own: Flight Recorder does not end before its JVM.
  static final class Eventful {
    public static void main(String[] args) throws Exception {
      FlightRecorder.getFlightRecorder();
      try (var recording = new Recording()) {
        FIELDS.keySet().forEach(name -> recording.enable("dev.telar." + name));
        recording.start();
        happen();
        recording.stop();
        recording.dump(Path.of(args[0]));
      }
    }

    private static void happen() throws Exception {
      try (var shared = Shared.open();
          var pool = ProcessPool.builder().workers(1).tasksPerWorker(3).build()) {
        pool.submit(() -> 1).get(20, SECONDS);
        TaskFuture<Integer> failing = pool.submit(() -> Integer.parseInt("x"));
        PoolContract.failure(() -> failing.get(20, SECONDS));
        var limit = TaskOptions.defaults().timeout(Duration.ofMillis(100)).name("late");
        TaskFuture<Void> late = pool.with(limit).submit(() -> Thread.sleep(60_000));
        pool.submit(() -> 2).cancel(true);
        PoolContract.failure(() -> late.get(20, SECONDS));
        SharedLock lock = shared.lock();
        TaskFuture<Void> deadly =
            pool.submit(
                () -> {
                  lock.lock();
                  Fault.HALT.strike();
                });
        PoolContract.failure(() -> deadly.get(20, SECONDS));
        lock.lock();
        lock.unlock();
        pool.submit(() -> 3).get(20, SECONDS);
      }
    }
  }

  @Test
  void allEventsAreThereWithTheirFields() throws Exception {
    Path file = folder.resolve("flight.jfr");
    try (var program = JavaProgram.start(Eventful.class, file.toString())) {
      assertThat(program.await().err()).isEmpty();
    }
    List<RecordedEvent> events =
        RecordingFile.readAllEvents(file).stream()
            .filter(event -> event.getEventType().getName().startsWith("dev.telar."))
            .toList();
    Map<String, Set<String>> told =
        events.stream()
            .collect(
                toMap(
                    event -> event.getEventType().getName().substring("dev.telar.".length()),
                    FlightRecorderTest::ownFields,
                    (first, _) -> first));
    assertThat(told).containsExactlyInAnyOrderEntriesOf(FIELDS);
    assertThat(first(events, "TaskTimedOut").getString("task")).isEqualTo("late");
    assertThat(first(events, "WorkerDied").getString("cause")).isEqualTo("HALTED");
    assertThat(first(events, "WorkerReady").getDuration("starting")).isPositive();
    assertThat(first(events, "LockAbandoned").getString("lock")).contains("SharedLock");
  }

  private static Set<String> ownFields(RecordedEvent event) {
    var names = new TreeSet<String>();
    for (ValueDescriptor field : event.getFields()) {
      names.add(field.getName());
    }
    names.removeAll(Set.of("startTime", "duration", "eventThread", "stackTrace"));
    return names;
  }

  private static RecordedEvent first(List<RecordedEvent> events, String name) {
    return events.stream()
        .filter(event -> event.getEventType().getName().equals("dev.telar." + name))
        .findFirst()
        .orElseThrow();
  }
}
