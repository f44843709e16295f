package dev.telar;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.telar.testing.JavaProgram;
import dev.telar.testing.Mark;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Every worker and thread goes on getting work, whatever went wrong or unevenly before.
class NoSlotForgottenTest {

  @TempDir Path folder;

  @Test
  void aWorkerHasAsManyThreadsAsItsStatusPageHasRoomFor() throws Exception {
    assertThatThrownBy(() -> ProcessPool.builder().threadsPerWorker(257))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("256");
    try (var pool = ProcessPool.builder().workers(1).threadsPerWorker(256).build()) {
      var tasks = IntStream.range(0, 2000).mapToObj(i -> pool.submit(() -> i)).toList();
      for (int i = 0; i < tasks.size(); i++) {
        assertThat(tasks.get(i).get(20, SECONDS)).isEqualTo(i);
      }
    }
  }

  @Test
  void tasksBehindALongOneInAWorkerThatTakesNoMoreAreTakenBack() throws Exception {
    Mark end = Mark.in(folder, "end");
    try (var pool = ProcessPool.builder().workers(2).tasksPerWorker(3).build()) {
      await().until(() -> pool.pids().size() == 2);
      TaskFuture<Void> longOne = pool.submit(() -> end.await());
      var shortOnes = IntStream.range(0, 12).mapToObj(i -> pool.submit(() -> i)).toList();
      for (var task : shortOnes) {
        task.get(20, SECONDS);
      }
      assertThat(longOne).isNotDone();
      end.set();
    }
  }

  /// Counts the threads that a submitting thread starts, in the thread that makes them.
  private static final class Starts extends InheritableThreadLocal<AtomicInteger> {
    @Override
    protected AtomicInteger childValue(AtomicInteger parent) {
      if (parent != null && !Thread.currentThread().isVirtual()) {
        parent.incrementAndGet();
      }
      return parent;
    }
  }

  @Test
  void aSubmitterDoesNotStartTheTasksOfAllOthers() throws Exception {
    var starts = new Starts();
    var most = new AtomicInteger();
    try (var pool = Pool.virtualThreads()) {
      Runnable submitMany =
          () -> {
            for (int i = 0; i < 20_000; i++) {
              var mine = new AtomicInteger();
              starts.set(mine);
              pool.submit(() -> 0);
              most.accumulateAndGet(mine.get(), Math::max);
            }
          };
      var threads =
          IntStream.range(0, 3).mapToObj(i -> Thread.ofPlatform().start(submitMany)).toList();
      for (Thread thread : threads) {
        thread.join();
      }
    }
    assertThat(most.get()).isBetween(1, 100);
  }

  /// Submits a large task while no descriptor is left.
  static final class FewDescriptors {
    public static void main(String[] args) throws Exception {
      try (var pool = Pool.processes(1)) {
        byte[] big = new byte[8 << 20];
        for (int i = 0; i < 3; i++) {
          pool.submit(() -> big.length).get(20, SECONDS);
        }
        var open = new ArrayList<InputStream>();
        TaskFuture<Integer> future;
        try {
          takeAll(open);
          future = pool.submit(() -> big.length);
        } finally {
          for (InputStream in : open) {
            in.close();
          }
        }
        System.out.println("large " + future.get(20, SECONDS));
        System.out.println("small " + pool.submit(() -> 1).get(20, SECONDS));
      }
    }

    private static void takeAll(List<InputStream> open) {
      try {
        while (true) {
          open.add(new FileInputStream("/dev/null"));
        }
      } catch (IOException e) {
        // that was the last one
      }
    }
  }

  @Test
  void aLargeTaskThatIsSubmittedWhenNoDescriptorIsLeftArrives() {
    try (var program = JavaProgram.limited("-n 200", List.of(), FewDescriptors.class)) {
      assertThat(program.await().out()).isEqualTo("large 8388608\nsmall 1\n");
    }
  }

  /// A pool of more threads than there is address space for.
  static final class FewThreads {
    public static void main(String[] args) throws Exception {
      var gate = new CountDownLatch(1);
      int refused = 0;
      try (var pool = Pool.threads(150)) {
        List<Future<Integer>> accepted = new ArrayList<>();
        for (int i = 0; i < 150; i++) {
          try {
            accepted.add(
                pool.submit(
                    () -> {
                      gate.await();
                      return 1;
                    }));
          } catch (OutOfMemoryError e) {
            refused++;
          }
        }
        gate.countDown();
        for (Future<Integer> future : accepted) {
          future.get(20, SECONDS);
        }
        System.out.println("ran " + (accepted.size() + refused) + ", threads were few: " + fewer());
      }
      System.out.println("closed");
    }

    private static boolean fewer() {
      return Thread.getAllStackTraces().size() < 140;
    }
  }

  @Test
  void whenNoMoreThreadsCanBeHadThoseThatAreThereDoTheWork() {
    var options =
        List.of(
            "-Xlog:disable",
            "-Xmx64m",
            "-Xss64m",
            "-XX:CompressedClassSpaceSize=32m",
            "-XX:ReservedCodeCacheSize=32m");
    try (var program = JavaProgram.limited("-v 4000000", options, FewThreads.class)) {
      assertThat(program.await())
          .satisfies(
              outcome -> {
                assertThat(outcome.out()).isEqualTo("ran 150, threads were few: true\nclosed\n");
                assertThat(outcome.exitCode()).isZero();
              });
    }
  }

  /// Loses a worker while there is no address space for another thread.
  static final class NoThreadForAnother {
    public static void main(String[] args) throws Exception {
      try (var pool =
          ProcessPool.builder()
              .workers(1)
              .maxHeap("64m")
              .jvmArgs("-XX:CompressedClassSpaceSize=32m", "-XX:ReservedCodeCacheSize=32m")
              .build()) {
        long pid = pool.submit(() -> ProcessHandle.current().pid()).get(20, SECONDS);
        TaskFuture<Void> running = pool.submit(() -> Thread.sleep(60_000));
        while (pool.stats().workers().getFirst().running().isEmpty()) {
          Thread.sleep(1);
        }
        var gate = new CountDownLatch(1);
        takeAllThreads(gate);
        ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
        try {
          running.get(30, SECONDS);
        } catch (ExecutionException e) {
          System.out.println("failed with " + e.getCause().getClass().getSimpleName());
        } finally {
          gate.countDown();
        }
        System.out.println("then " + pool.submit(() -> 1).get(30, SECONDS));
      }
      System.out.println("closed");
    }

    private static void takeAllThreads(CountDownLatch gate) {
      try {
        while (true) {
          Thread.ofPlatform()
              .daemon()
              .start(
                  () -> {
                    try {
                      gate.await();
                    } catch (InterruptedException e) {
                      // ends
                    }
                  });
        }
      } catch (OutOfMemoryError e) {
        // that was the last one
      }
    }
  }

  @Test
  void aWorkerThatDiesWhenThereIsNoThreadForAnotherIsBuriedAndReplacedLater() {
    var options =
        List.of(
            "-Xlog:disable",
            "-Xmx64m",
            "-Xss64m",
            "-XX:CompressedClassSpaceSize=32m",
            "-XX:ReservedCodeCacheSize=32m");
    try (var program = JavaProgram.limited("-v 4000000", options, NoThreadForAnother.class)) {
      assertThat(program.await())
          .satisfies(
              outcome -> {
                assertThat(outcome.out())
                    .isEqualTo("failed with WorkerCrashedException\nthen 1\nclosed\n");
                assertThat(outcome.exitCode()).isZero();
              });
    }
  }
}
