package dev.telar;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.telar.testing.JavaProgram;
import dev.telar.testing.Native;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The kernel's own out-of-memory killer, in a control group with little memory. Needs the right to
/// make such a group, and is skipped elsewhere.
class KernelOutOfMemoryTest {

  private static final long LIMIT = 400L << 20;

  private Path group;

  @BeforeEach
  void makeGroup() throws IOException {
    Path own = ownGroup();
    group = own.resolve("telar-test-" + ProcessHandle.current().pid());
    try {
      Files.createDirectory(group);
      Path limit = group.resolve("memory.limit_in_bytes");
      Files.writeString(
          Files.exists(limit) ? limit : group.resolve("memory.max"), String.valueOf(LIMIT));
    } catch (IOException e) {
      removeGroup();
      abort("no control group of our own can be made here: " + e);
    }
  }

  private static Path ownGroup() throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/self/cgroup"))) {
      String[] fields = line.split(":", 3);
      if (List.of(fields[1].split(",")).contains("memory")) {
        return Path.of("/sys/fs/cgroup/memory" + fields[2]);
      }
    }
    return Path.of("/sys/fs/cgroup");
  }

  @AfterEach
  void removeGroup() {
    await()
        .atMost(10, SECONDS)
        .ignoreExceptions()
        .until(() -> !Files.exists(group) || Files.deleteIfExists(group));
  }

  /// Joins the group, and lets a task take what is not there.
  static final class Parent {
    public static void main(String[] args) throws Exception {
      Files.writeString(Path.of(args[0]), String.valueOf(ProcessHandle.current().pid()));
      try (var pool =
          ProcessPool.builder().workers(2).maxHeap("64m").jvmArgs(Native.ACCESS).build()) {
        TaskFuture<?> greedy =
            pool.submit(
                () -> {
                  while (true) {
                    Native.take(4 << 20);
                  }
                });
        WorkerCrashedException crash =
            (WorkerCrashedException) PoolContract.failure(() -> greedy.get(60, SECONDS));
        System.out.println("cause " + crash.crashCause());
        System.out.println("message " + crash.getMessage());
        System.out.println("then " + pool.submit(() -> 6 * 7).get(60, SECONDS));
      }
    }
  }

  @Test
  void theKernelTakesTheWorkerAndItIsToldSo() {
    try (var program =
        JavaProgram.start(
            List.of("-Xmx64m"),
            List.of(),
            Parent.class,
            group.resolve("cgroup.procs").toString())) {
      JavaProgram.Outcome outcome = program.await(50);
      assertThat(outcome.out())
          .as(outcome.err())
          .contains("cause KILLED_FOR_MEMORY")
          .contains("by the kernel, for want of memory")
          .contains("then 42");
      assertThat(outcome.exitCode()).isZero();
    }
  }
}
