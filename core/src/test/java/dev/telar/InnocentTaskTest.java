package dev.telar;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.telar.testing.Mark;
import dev.telar.testing.Native;
import dev.telar.testing.Processes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Tasks that have done nothing wrong, in workers where something goes wrong.
class InnocentTaskTest {

  @TempDir Path folder;

  private static final TaskOptions SHORT = TaskOptions.defaults().timeout(Duration.ofMillis(20));

  /// Takes so long, whatever interrupts come.
  private static int spin(long micros) {
    for (long end = System.nanoTime() + micros * 1000; System.nanoTime() < end; ) {
      Thread.onSpinWait();
    }
    return 1;
  }

  @Test
  void whoComesAfterATaskThatEndsJustAtItsLimitDoesNotDieForIt() throws Exception {
    var random = new Random(7);
    try (var pool =
        ProcessPool.builder().workers(1).spares(2).grace(Duration.ofMillis(5)).build()) {
      pool.submit(() -> spin(1000)).get(20, SECONDS);
      for (int round = 0; round < 20; round++) {
        long micros = 25_000 + random.nextInt(-500, 1500); // limit and grace are 25 ms
        TaskFuture<Integer> late = pool.with(SHORT).submit(() -> spin(micros));
        var innocent = new ArrayList<TaskFuture<Integer>>();
        for (int i = 0; i < 5; i++) {
          innocent.add(pool.submit(() -> spin(2000)));
        }
        for (TaskFuture<Integer> each : innocent) {
          assertThat(each.get(20, SECONDS)).as("round %d", round).isEqualTo(1);
        }
        await().until(late::isDone);
      }
    }
  }

  @Test
  void aTaskForAnIdleWorkerThatIsStoppedRunsElsewhere() throws Exception {
    try (var pool = ProcessPool.builder().workers(1).build()) {
      long stopped = pool.submit(() -> ProcessHandle.current().pid()).get(20, SECONDS);
      Processes.stop(stopped);
      assertThat(pool.submit(() -> ProcessHandle.current().pid()).get(30, SECONDS))
          .isNotEqualTo(stopped);
      await().until(() -> ProcessHandle.of(stopped).filter(ProcessHandle::isAlive).isEmpty());
    }
  }

  @Test
  void aTaskThatRunsInAWorkerThatIsStoppedGoesOnWithIt() throws Exception {
    Mark end = Mark.in(folder, "end");
    try (var pool = ProcessPool.builder().workers(1).build()) {
      long pid = pool.submit(() -> ProcessHandle.current().pid()).get(20, SECONDS);
      TaskFuture<Long> running =
          pool.submit(
              () -> {
                end.await();
                return ProcessHandle.current().pid();
              });
      await().until(() -> pool.stats().workers().getFirst().running().size() == 1);
      TaskFuture<Integer> waiting = pool.submit(() -> 1);
      Processes.stop(pid);
      end.set();
      assertThatThrownBy(() -> running.get(3, SECONDS)).isInstanceOf(TimeoutException.class);
      Processes.resume(pid);
      assertThat(running.get(20, SECONDS)).isEqualTo(pid);
      assertThat(waiting.get(20, SECONDS)).isEqualTo(1);
    }
  }

  /// Closes the sockets of this process as `closefrom` does, and those who think that a descriptor
  /// is theirs.
  private static int closeSockets() throws IOException {
    var sockets = new ArrayList<Integer>();
    try (var all = Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
      for (Path each : all) {
        if (Files.exists(each, LinkOption.NOFOLLOW_LINKS)
            && Files.readSymbolicLink(each).toString().startsWith("socket:")) {
          sockets.add(Integer.parseInt(each.getFileName().toString()));
        }
      }
    }
    sockets.forEach(Native::close);
    return sockets.size();
  }

  @Test
  void aTaskThatClosesTheDescriptorsOfItsWorkerCostsItselfAndNoOther() throws Exception {
    try (var pool = ProcessPool.builder().workers(1).jvmArgs(Native.ACCESS).build()) {
      TaskFuture<Integer> guilty = pool.submit(InnocentTaskTest::closeSockets);
      TaskFuture<Integer> innocent = pool.submit(() -> 1);
      assertThat(PoolContract.failure(() -> guilty.get(30, SECONDS)))
          .isInstanceOfSatisfying(
              WorkerCrashedException.class,
              crash -> assertThat(crash.crashCause()).isEqualTo(CrashCause.LOST));
      assertThat(innocent.get(30, SECONDS)).isEqualTo(1);
    }
  }

  @Test
  void noFutureIsLeftOpenByAStopDuringSubmissions() throws Exception {
    for (int round = 0; round < 6; round++) {
      var pool = Pool.processes(1);
      pool.submit(() -> 1).get(20, SECONDS);
      List<TaskFuture<Integer>> accepted = new CopyOnWriteArrayList<>();
      var going = new CountDownLatch(3);
      var submitters = new ArrayList<Thread>();
      for (int i = 0; i < 3; i++) {
        submitters.add(
            Thread.ofPlatform()
                .start(
                    () -> {
                      try {
                        while (true) {
                          TaskFuture<Integer> future = pool.submit(() -> 1);
                          accepted.add(future);
                          future.join();
                          going.countDown();
                        }
                      } catch (RejectedExecutionException
                          | CancellationException
                          | CompletionException e) {
                        // stopped
                      }
                    }));
      }
      going.await();
      pool.shutdownNow();
      for (Thread submitter : submitters) {
        assertThat(submitter.join(Duration.ofSeconds(20))).as("round %d", round).isTrue();
      }
      assertThat(pool.awaitTermination(20, SECONDS)).isTrue();
      assertThat(accepted).allMatch(TaskFuture::isDone);
    }
  }
}
