package dev.telar;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.telar.testing.Mark;
import dev.telar.testing.Tally;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Workers that cannot start, initializers that fail, pools inside pools.
class WorkerStartTest {

  @TempDir Path folder;

  @Test
  void anInitializerRunsOnceInEachWorkerBeforeItsTasks() throws Exception {
    Tally initialized = Tally.in(folder, "initialized");
    try (var pool =
        ProcessPool.builder()
            .workers(1)
            .threadsPerWorker(2)
            .initializer(() -> initialized.add(ProcessHandle.current().pid()))
            .build()) {
      for (int i = 0; i < 5; i++) {
        long pid = pool.submit(() -> ProcessHandle.current().pid()).get();
        assertThat(initialized.lines()).containsExactly(String.valueOf(pid));
      }
    }
  }

  @Test
  void anInitializerThatThrowsFailsThePoolAndIsNotTriedForEver() throws Exception {
    Tally tried = Tally.in(folder, "tried");
    var pool =
        ProcessPool.builder()
            .workers(2)
            .initializer(
                () -> {
                  tried.add("x");
                  throw new IOException("no model file");
                })
            .build();
    try (pool) {
      TaskFuture<Integer> future = submitOrNull(pool);
      if (future != null) {
        assertThat(PoolContract.failure(() -> future.get(20, SECONDS)))
            .isInstanceOf(WorkerStartException.class)
            .hasStackTraceContaining("no model file")
            .hasRootCauseInstanceOf(IOException.class);
      }
      assertThatThrownBy(() -> pool.submit(() -> 2))
          .isInstanceOf(RejectedExecutionException.class)
          .hasStackTraceContaining("no model file");
    }
    int tries = tried.count();
    assertThat(tries).isBetween(1, 4);
  }

  @Test
  void anInitializerThatExitsFailsThePool() {
    Tally tried = Tally.in(folder, "tried");
    assertFails(
        ProcessPool.builder()
            .workers(1)
            .initializer(
                () -> {
                  tried.add("x");
                  System.err.println("leaving");
                  System.exit(3);
                }),
        "3");
    assertThat(tried.count()).isBetween(1, 3);
  }

  @Test
  void anInitializerThatHaltsFailsThePool() {
    assertFails(
        ProcessPool.builder().workers(1).initializer(() -> Runtime.getRuntime().halt(4)), "4");
  }

  @Test
  void anInitializerThatHangsFailsThePool() {
    Mark never = Mark.in(folder, "never");
    assertFails(
        ProcessPool.builder()
            .workers(1)
            .initializer(never::awaitStubbornly)
            .initializerTimeout(Duration.ofMillis(300)),
        "initializer");
  }

  @Test
  @Timeout(60)
  void aWorkerThatSomebodyKillsInItsInitializerIsReplaced() throws Exception {
    Mark hangs = Mark.in(folder, "hangs");
    Mark never = Mark.in(folder, "never");
    Tally pids = Tally.in(folder, "pids");
    try (var pool =
        ProcessPool.builder()
            .workers(1)
            .initializer(
                () -> {
                  pids.add(ProcessHandle.current().pid());
                  if (hangs.isSet()) {
                    never.await();
                  }
                })
            .build()) {
      assertThat(pool.submit(() -> 1).get(20, SECONDS)).isEqualTo(1);
      hangs.set();
      kill(pids.lines().getFirst());
      await().until(() -> pids.count() == 2);
      Files.delete(Path.of(hangs.path()));
      kill(pids.lines().getLast());
      assertThat(pool.submit(() -> 3).get(20, SECONDS)).isEqualTo(3);
      assertThat(pids.count()).isEqualTo(3);
    }
  }

  private static void kill(String pid) {
    ProcessHandle.of(Long.parseLong(pid)).orElseThrow().destroyForcibly();
  }

  @Test
  void aBadFlagIsToldInTheWordsOfTheChild() {
    assertFails(ProcessPool.builder().workers(1).jvmArgs("-XX:+NoSuchFlag"), "NoSuchFlag");
  }

  @Test
  void aJavaThatIsNoJavaIsTold() throws Exception {
    Path bin = Files.createDirectories(folder.resolve("home/bin"));
    Path java = bin.resolve("java");
    Files.writeString(java, "#!/bin/sh\necho this is no java >&2\nexit 7\n");
    Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
    assertFails(
        ProcessPool.builder().workers(1).javaHome(folder.resolve("home")), "this is no java");
  }

  @Test
  void aJavaThatHangsAtItsStartIsGivenUp() throws Exception {
    Path bin = Files.createDirectories(folder.resolve("home/bin"));
    Path java = bin.resolve("java");
    Files.writeString(java, "#!/bin/sh\nexec sleep 300\n");
    Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
    assertFails(
        ProcessPool.builder()
            .workers(1)
            .javaHome(folder.resolve("home"))
            .startTimeout(Duration.ofMillis(500)),
        "");
  }

  /// Connects as a worker does, and says nothing.
  static final class Mute {
    public static void main(String[] args) throws Exception {
      for (String arg : args) {
        if (arg.endsWith(".sock")) {
          try (var _ = SocketChannel.open(UnixDomainSocketAddress.of(arg))) {
            Thread.sleep(300_000);
          }
        }
      }
    }
  }

  @Test
  void aWorkerThatConnectsAndSaysNothingIsGivenUp() throws Exception {
    Path bin = Files.createDirectories(folder.resolve("home/bin"));
    Path java = bin.resolve("java");
    Files.writeString(
        java,
        "#!/bin/sh\nexec '%s/bin/java' -cp '%s' '%s' \"$@\"\n"
            .formatted(
                System.getProperty("java.home"),
                System.getProperty("java.class.path"),
                Mute.class.getName()));
    Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
    assertFails(
        ProcessPool.builder()
            .workers(1)
            .javaHome(folder.resolve("home"))
            .startTimeout(Duration.ofSeconds(3)),
        "did not start within 3000 ms");
  }

  @Test
  void aPoolThatCannotStartCanBeClosedWithTasksWaiting() throws Exception {
    var pool = ProcessPool.builder().workers(2).jvmArgs("-XX:+NoSuchFlag").build();
    TaskFuture<Integer> future = submitOrNull(pool);
    pool.close();
    assertThat(pool.isTerminated()).isTrue();
    if (future != null) {
      assertThat(future.isDone()).isTrue();
    }
  }

  private static TaskFuture<Integer> submitOrNull(Pool pool) {
    try {
      return pool.submit(() -> 1);
    } catch (RejectedExecutionException e) {
      assertThat(e).hasCauseInstanceOf(WorkerStartException.class);
      return null; // the pool had failed already
    }
  }

  private static void assertFails(ProcessPoolBuilder builder, String message) {
    try (var pool = builder.build()) {
      TaskFuture<Integer> future = submitOrNull(pool);
      if (future != null) {
        assertThat(PoolContract.failure(() -> future.get(30, SECONDS)))
            .isInstanceOf(WorkerStartException.class)
            .hasStackTraceContaining(message);
      }
      assertThatThrownBy(() -> pool.submit(() -> 2))
          .isInstanceOf(RejectedExecutionException.class)
          .hasCauseInstanceOf(WorkerStartException.class);
      assertThatThrownBy(() -> pool.map(x -> x, java.util.List.of(1)))
          .isInstanceOf(RejectedExecutionException.class);
      await().atMost(20, SECONDS).until(() -> pool.pids().isEmpty());
    }
  }

  @Test
  void aTaskMayMakeAPoolOfItsOwn() throws Exception {
    try (var pool = Pool.processes(1)) {
      assertThat(
              pool.submit(
                      () -> {
                        try (var inner = Pool.processes(1)) {
                          return inner.map(x -> x + 1, java.util.List.of(1, 2));
                        }
                      })
                  .get())
          .containsExactly(2, 3);
    }
  }

  @Test
  void poolsNestNoDeeperThanAllowed() {
    try (var pool = Pool.processes(1)) {
      TaskFuture<Object> depthTwo =
          pool.submit(
              () -> {
                try (var inner = Pool.processes(1)) {
                  return inner
                      .submit(
                          () -> {
                            try (var innermost = Pool.processes(1)) {
                              return innermost.submit(() -> 1).get();
                            }
                          })
                      .get();
                }
              });
      assertThat(PoolContract.failure(depthTwo::get))
          .hasStackTraceContaining("IllegalStateException");
    }
    try (var pool = ProcessPool.builder().workers(1).nesting(0).build()) {
      TaskFuture<Object> refused = pool.submit(() -> Pool.processes(1).submit(() -> 1).get());
      assertThat(PoolContract.failure(refused::get)).isInstanceOf(IllegalStateException.class);
      TaskFuture<Integer> threads =
          pool.submit(
              () -> {
                try (var inner = Pool.threads(1)) {
                  return inner.submit(() -> 1).get();
                }
              });
      assertThat(threads.join()).as("threads nest as they like").isEqualTo(1);
    }
  }

  private static final String TALLY = "telar.test.tally";

  /// Like a script that makes its pool at the top level and uses it, without a guard.
  private static final class Bomb {
    static {
      String path = System.getProperty(TALLY);
      new Tally(path).add(ProcessHandle.current().pid());
      try (var pool = ProcessPool.builder().workers(1).systemProperty(TALLY, path).build()) {
        pool.submit(() -> 1).join();
      }
    }

    static Task<Integer> task() {
      return () -> 2;
    }
  }

  /// Makes a pool at the top level, and nothing with it.
  private static final class Unguarded {
    static {
      new Tally(System.getProperty(TALLY)).add(ProcessHandle.current().pid());
      Pool.processes(1).close();
    }

    static Task<Integer> task() {
      return () -> 3;
    }
  }

  @Test
  void aForkBombIsDefused() {
    Tally initialized = Tally.in(folder, "initialized");
    System.setProperty(TALLY, initialized.path());
    try {
      assertThatThrownBy(Bomb::task)
          .isInstanceOf(ExceptionInInitializerError.class)
          .hasStackTraceContaining("IllegalStateException");
    } finally {
      System.clearProperty(TALLY);
    }
    assertThat(initialized.count()).as("this JVM and one worker").isEqualTo(2);
  }

  @Test
  void aPoolMadeWhileATaskIsReadIsRefused() {
    Tally initialized = Tally.in(folder, "initialized");
    System.setProperty(TALLY, initialized.path());
    try (var pool =
        ProcessPool.builder().workers(1).systemProperty(TALLY, initialized.path()).build()) {
      Task<Integer> task = Unguarded.task(); // in the parent it is just a pool
      assertThat(initialized.count()).isEqualTo(1);
      TaskFuture<Integer> future = pool.submit(task);
      assertThat(PoolContract.failure(() -> future.get(30, SECONDS)))
          .hasStackTraceContaining("IllegalStateException");
      assertThat(initialized.count()).isEqualTo(2);
      assertThat(pool.submit(() -> 1).join()).isEqualTo(1);
    } finally {
      System.clearProperty(TALLY);
    }
  }
}
