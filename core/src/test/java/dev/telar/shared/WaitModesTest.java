package dev.telar.shared;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.telar.ProcessPool;
import dev.telar.ProcessPoolBuilder;
import dev.telar.TaskFuture;
import dev.telar.Worker;
import dev.telar.testing.Fault;
import dev.telar.testing.JavaProgram;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Waiting means the same with native access and without, and in a mixture of both.
class WaitModesTest {

  /// Every kind of wait between a parent, its virtual threads and its workers.
  public static final class Program {
    public static void main(String[] args) throws Exception {
      ProcessPoolBuilder builder = ProcessPool.builder().workers(2);
      if (args[0].equals("park")) {
        builder.systemProperty("telar.wait", "park");
      }
      try (var shared = Shared.open();
          var pool = builder.build();
          var threads = Executors.newVirtualThreadPerTaskExecutor()) {
        System.out.println("counted " + count(shared, pool, threads));
        System.out.println("turns " + turns(shared, pool));
        System.out.println("abandoned " + inherit(shared));
      }
    }

    private static long count(
        Shared shared, ProcessPool pool, java.util.concurrent.ExecutorService threads)
        throws Exception {
      SharedLock lock = shared.lock();
      SharedLong counter = shared.longValue(0);
      List<Future<Integer>> all = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        all.add(threads.submit(() -> add(lock, counter, 100)));
      }
      List<TaskFuture<Integer>> workers = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        workers.add(pool.submit(() -> add(lock, counter, 3000)));
      }
      add(lock, counter, 1000);
      for (Future<Integer> one : all) {
        one.get(30, SECONDS);
      }
      for (TaskFuture<Integer> one : workers) {
        one.get(30, SECONDS);
      }
      return counter.get();
    }

    private static int add(SharedLock lock, SharedLong counter, int times) {
      for (int i = 0; i < times; i++) {
        lock.lock();
        counter.set(counter.get() + 1);
        lock.unlock();
      }
      return times;
    }

    private static int turns(Shared shared, ProcessPool pool) throws Exception {
      SharedEvent ping = shared.event();
      SharedEvent pong = shared.event();
      TaskFuture<Integer> worker =
          pool.submit(
              () -> {
                for (int i = 0; i < 300; i++) {
                  ping.await();
                  ping.clear();
                  pong.set();
                }
                return 300;
              });
      for (int i = 0; i < 300; i++) {
        ping.set();
        pong.await();
        pong.clear();
      }
      return worker.get(30, SECONDS);
    }

    private static boolean inherit(Shared shared) throws Exception {
      SharedLock lock = shared.lock();
      SharedEvent held = shared.event();
      try (var worker =
          Worker.process(
              "doomed",
              () -> {
                lock.lock();
                held.set();
                Thread.sleep(200);
                Fault.KILL.strike();
              })) {
        worker.start();
        held.await();
        lock.lock();
        boolean abandoned = lock.wasAbandoned();
        lock.unlock();
        return abandoned;
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "--enable-native-access=ALL-UNNAMED, futex",
    "--enable-native-access=ALL-UNNAMED, park",
    "-Dtelar.wait=park, futex",
    "-Dtelar.wait=park, park",
    "-Dnothing=special, futex"
  })
  void everyMixtureOfModesWaitsAlike_andPrintsNoWarning(String parent, String workers) {
    try (var program = JavaProgram.start(List.of(parent), List.of(), Program.class, workers)) {
      JavaProgram.Outcome outcome = program.await();
      assertThat(outcome.out())
          .isEqualToNormalizingNewlines("counted 9000\nturns 300\nabandoned true\n");
      assertThat(outcome.err()).isEmpty();
      assertThat(outcome.exitCode()).isZero();
    }
  }
}
