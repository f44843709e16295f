package dev.telar.internal.scheduling;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.telar.PoolEvent;
import dev.telar.PoolListener;
import dev.telar.testing.Events;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What is told of a job, by two who find out at one time.
class JobReportTest {

  private static final int JOBS = 4_000;

  private static final class Report extends JobReport {

    Report(Observation observation) {
      super(observation);
    }

    @Override
    public String name() {
      return "job";
    }

    @Override
    public int size() {
      return 1;
    }

    @Override
    public int attempt() {
      return 1;
    }

    @Override
    @Nullable String worker() {
      return null;
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1000})
  void aStartIsNeverToldAfterTheEnd(long nanos) throws Exception {
    var ends = new Semaphore(0);
    var late = new AtomicInteger();
    Set<Long> ended = new HashSet<>();
    PoolListener listener =
        event -> {
          switch (event) {
            case PoolEvent.TaskStarted started when ended.contains(started.id()) ->
                late.incrementAndGet();
            case PoolEvent.TaskFinished finished -> {
              ended.add(finished.id());
              ends.release();
            }
            default -> {}
          }
        };
    var observation = new Observation("pool", List.of(listener));
    var together = new CyclicBarrier(2);
    try (var other = Executors.newSingleThreadExecutor()) {
      for (int i = 0; i < JOBS; i++) {
        var job = new Report(observation);
        job.tellSubmitted();
        var watch =
            other.submit(
                () -> {
                  together.await();
                  job.tellStarted(System.nanoTime());
                  return null;
                });
        together.await();
        job.tellEnded(JobReport.End.FINISHED, 1, 0, 0, 0, nanos, null);
        watch.get(20, SECONDS);
        assertThat(ends.tryAcquire(20, SECONDS)).isTrue();
      }
    }
    assertThat(late).hasValue(0);
  }

  @Test
  void aLateStartOfACancelledJobIsNotTold() {
    var events = new Events();
    var job = new Report(new Observation("pool", List.of(events)));
    job.tellSubmitted();
    job.tellEnded(JobReport.End.CANCELLED, 0, 0, 0, 1, 0, null);
    job.tellStarted(System.nanoTime());
    job.tellEnded(JobReport.End.FINISHED, 1, 0, 0, 0, 1, null);
    assertThat(events.awaitFirst(PoolEvent.TaskCancelled.class).task()).isEqualTo("job");
    assertThat(events.of(PoolEvent.OfTask.class)).hasSize(2);
  }
}
