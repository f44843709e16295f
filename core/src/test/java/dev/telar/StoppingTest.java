package dev.telar;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.telar.testing.Mark;
import dev.telar.testing.Tally;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A stop reaches every task, wherever it is on its way, and nothing that need not die.
class StoppingTest {

  @TempDir Path folder;

  @Test
  void aTaskThatWasKilledByShutdownNowIsNotRetried() throws Exception {
    Tally ran = Tally.in(folder, "ran");
    Mark started = Mark.in(folder, "started");
    Mark never = Mark.in(folder, "never");
    var pool = ProcessPool.builder().workers(1).grace(Duration.ofMillis(50)).build();
    try (pool) {
      TaskFuture<Void> endless =
          pool.with(TaskOptions.defaults().retries(1))
              .submit(
                  () -> {
                    ran.add("x");
                    started.set();
                    never.awaitStubbornly();
                  });
      started.await();
      assertThat(pool.shutdownNow()).isEmpty();
      assertThat(pool.awaitTermination(15, SECONDS)).isTrue();
      assertThat(PoolContract.failure(() -> endless.get(0, SECONDS)))
          .isInstanceOfAny(WorkerCrashedException.class, CancellationException.class);
      assertThat(ran.count()).isEqualTo(1);
    } finally {
      never.set();
    }
  }

  @Test
  void whatWaitsInAWorkerThatTakesNoMoreIsReturnedByShutdownNow() throws Exception {
    Mark firstStarted = Mark.in(folder, "first-started");
    Mark secondRan = Mark.in(folder, "second-ran");
    Mark interrupted = Mark.in(folder, "interrupted");
    Mark never = Mark.in(folder, "never");
    Tally starts = Tally.in(folder, "starts");
    try (var pool =
        ProcessPool.builder()
            .workers(1)
            .tasksPerWorker(2)
            .initializer(
                () -> {
                  starts.add("x");
                  if (starts.count() > 1) {
                    never.awaitStubbornly(); // else the replacement would take the second task
                  }
                })
            .build()) {
      TaskFuture<Void> first = pool.submit(() -> firstStarted.setAndWaitFor(interrupted));
      TaskFuture<Void> second = pool.submit(() -> secondRan.set());
      firstStarted.await();
      assertThat(pool.shutdownNow()).hasSize(1);
      assertThat(pool.awaitTermination(20, SECONDS)).isTrue();
      assertThat(interrupted.isSet()).isTrue();
      assertThat(first).isCompletedExceptionally();
      assertThat(second).isCancelled();
      assertThat(secondRan.isSet()).isFalse();
    }
  }

  @Test
  void tasksWhoseVirtualThreadsHaveNotRunYetAreStoppedToo() throws Exception {
    int carriers = Runtime.getRuntime().availableProcessors();
    var carriersBusy = new CountDownLatch(carriers);
    var release = new AtomicBoolean();
    var ran = new AtomicInteger();
    try (var pool = Pool.virtualThreads()) {
      for (int i = 0; i < carriers; i++) {
        pool.submit(
            () -> {
              carriersBusy.countDown();
              while (!release.get()) {
                Thread.onSpinWait();
              }
            });
      }
      carriersBusy.await();
      for (int i = 0; i < 100; i++) {
        pool.submit(
            () -> {
              Thread.sleep(30_000);
              ran.incrementAndGet();
            });
      }
      pool.shutdownNow();
      release.set(true);
      assertThat(pool.awaitTermination(15, SECONDS)).isTrue();
      assertThat(ran).hasValue(0);
    } finally {
      release.set(true);
    }
  }

  @Test
  void aTaskThatIsSubmittedDuringShutdownNowIsRefusedOrStopped() throws Exception {
    for (int round = 0; round < 100; round++) {
      var pool = Pool.threads(2);
      var go = new CountDownLatch(1);
      Thread submitter =
          Thread.ofPlatform()
              .start(
                  () -> {
                    try {
                      go.await();
                      pool.submit(() -> Thread.sleep(60_000));
                    } catch (RejectedExecutionException e) {
                      // as good
                    } catch (InterruptedException e) {
                      throw new IllegalStateException(e);
                    }
                  });
      go.countDown();
      for (int i = round % 50 * 20; i > 0; i--) {
        Thread.onSpinWait();
      }
      pool.shutdownNow();
      submitter.join();
      assertThat(pool.awaitTermination(15, SECONDS)).as("round %d", round).isTrue();
    }
  }

  /// Takes its time to be read; as work, not to wait for something.
  static final class SlowToRead implements Serializable {
    private static final int MILLIS = 2100;

    private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
      in.defaultReadObject();
      try {
        Thread.sleep(MILLIS);
      } catch (InterruptedException e) {
        throw new IOException(e);
      }
    }
  }

  @Test
  void closeWaitsUntilTheLastResultHasBeenRead() throws Exception {
    TaskFuture<SlowToRead> future;
    try (var pool = Pool.processes(1)) {
      future = pool.submit(SlowToRead::new);
    }
    assertThat(future).isCompleted();
  }

  @Test
  void closingAStreamOfShortItemsStopsBetweenThemAndKillsNobody() throws Exception {
    Mark started = Mark.in(folder, "started");
    try (var pool = ProcessPool.builder().workers(1).grace(Duration.ofSeconds(2)).build()) {
      long pid = pool.submit(() -> ProcessHandle.current().pid()).get(20, SECONDS);
      var stream =
          pool.with(TaskOptions.defaults().chunkSize(1000)).stream(
              x -> {
                if (x == 100) {
                  started.set(); // that is inside a large chunk: the first ones are small
                }
                for (long end = System.nanoTime() + 5_000_000; System.nanoTime() < end; ) {
                  Thread.onSpinWait(); // deaf to interrupts
                }
                return x;
              },
              IntStream.range(0, 1000).boxed().toList());
      try (stream) {
        var iterator = stream.iterator();
        Thread closer =
            Thread.ofPlatform()
                .start(
                    () -> {
                      try {
                        started.await();
                      } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                      }
                      stream.close();
                    });
        try {
          while (iterator.hasNext()) {
            iterator.next();
          }
        } catch (RuntimeException e) {
          assertThat(e).isInstanceOfAny(CancellationException.class, IllegalStateException.class);
        }
        closer.join();
      }
      assertThat(pool.submit(() -> ProcessHandle.current().pid()).get(20, SECONDS)).isEqualTo(pid);
    }
  }
}
