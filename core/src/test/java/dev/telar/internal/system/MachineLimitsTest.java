package dev.telar.internal.system;

import static dev.telar.internal.system.MachineLimits.MIB;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MachineLimitsTest {
  private static final long GIB = 1024 * MIB;

  @TempDir Path root;

  @BeforeEach
  void aMachineWith8GiB() throws IOException {
    write("proc/meminfo", "MemFree:  1 kB\nMemTotal:        8388608 kB\nBuffers: 3 kB\n");
  }

  @Test
  void withoutAControlGroupTheMachineCounts() {
    assertThat(limit()).isEqualTo(8 * GIB);
  }

  @Test
  void theSmallestLimitUpTheHierarchyCountsInVersion2() throws IOException {
    write("proc/self/cgroup", "0::/user.slice/app.scope\n");
    write("sys/fs/cgroup/user.slice/app.scope/memory.max", "max\n");
    write("sys/fs/cgroup/user.slice/memory.max", "" + 2 * GIB);
    write("sys/fs/cgroup/other.slice/memory.max", "" + GIB);
    assertThat(limit()).isEqualTo(2 * GIB);
  }

  @Test
  void theLimitOfOurOwnGroupCountsInVersion2() throws IOException {
    write("proc/self/cgroup", "0::/user.slice/app.scope\n");
    write("sys/fs/cgroup/user.slice/app.scope/memory.max", "" + GIB);
    write("sys/fs/cgroup/user.slice/memory.max", "" + 2 * GIB);
    assertThat(limit()).isEqualTo(GIB);
  }

  @Test
  void insideAContainerTheMountPointIsOurGroup() throws IOException {
    write("proc/self/cgroup", "0::/\n");
    write("sys/fs/cgroup/memory.max", "" + GIB);
    assertThat(limit()).isEqualTo(GIB);
  }

  @Test
  void aPathOutsideOurNamespaceMeansTheMountPoint() throws IOException {
    write("proc/self/cgroup", "0::/../../other\n");
    write("sys/fs/cgroup/memory.max", "" + GIB);
    assertThat(limit()).isEqualTo(GIB);
  }

  @Test
  void version1HasItsOwnFileAndItsOwnNoLimit() throws IOException {
    write("proc/self/cgroup", "5:cpu,cpuacct:/x\n4:memory:/docker/abc\n");
    write("sys/fs/cgroup/memory/docker/abc/memory.limit_in_bytes", "9223372036854771712\n");
    assertThat(limit()).isEqualTo(8 * GIB);
    write("sys/fs/cgroup/memory/memory.limit_in_bytes", "" + 3 * GIB);
    assertThat(limit()).isEqualTo(3 * GIB);
  }

  @Test
  void aHybridMachineHasVersion2AsideOfVersion1() throws IOException {
    write("proc/self/cgroup", "4:memory:/\n0::/app\n");
    write("sys/fs/cgroup/unified/app/memory.max", "" + GIB);
    assertThat(limit()).isEqualTo(GIB);
  }

  private long available() {
    return new LinuxMemory(root).availableBytes();
  }

  @Test
  void whatIsLeftOnTheMachineIsWhatIsAvailableAndSwap() throws IOException {
    write("proc/meminfo", "MemTotal: 8388608 kB\nMemAvailable: 1048576 kB\nSwapFree: 1024 kB\n");
    assertThat(available()).isEqualTo(GIB + MIB);
    write("proc/meminfo", "");
    assertThat(available()).as("not known").isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void whatIsLeftInAContainerCountsInVersion2() throws IOException {
    write("proc/meminfo", "MemTotal: 8388608 kB\nMemAvailable: 4194304 kB\nSwapFree: 2048 kB\n");
    write("proc/self/cgroup", "0::/\n");
    write("sys/fs/cgroup/memory.max", "" + GIB);
    write("sys/fs/cgroup/memory.current", "" + 900 * MIB);
    write("sys/fs/cgroup/memory.stat", "anon 1\ninactive_file " + 100 * MIB + "\nactive_file 7\n");
    assertThat(available()).isEqualTo((1024 - 900 + 100 + 2) * MIB);
    write("sys/fs/cgroup/memory.swap.max", "0\n");
    assertThat(available()).isEqualTo((1024 - 900 + 100) * MIB);
    write("sys/fs/cgroup/memory.swap.max", "max\n");
    assertThat(available()).isEqualTo((1024 - 900 + 100 + 2) * MIB);
  }

  @Test
  void whatIsLeftInAContainerCountsInVersion1() throws IOException {
    write("proc/meminfo", "MemTotal: 8388608 kB\nMemAvailable: 4194304 kB\n");
    write("proc/self/cgroup", "4:memory:/docker/abc\n");
    write("sys/fs/cgroup/memory/docker/abc/memory.limit_in_bytes", "" + GIB);
    write("sys/fs/cgroup/memory/docker/abc/memory.usage_in_bytes", "" + 1000 * MIB);
    write("sys/fs/cgroup/memory/docker/abc/memory.stat", "total_inactive_file " + MIB);
    assertThat(available()).isEqualTo(25 * MIB);
  }

  @Test
  void nonsenseIsNoLimit() throws IOException {
    write("proc/self/cgroup", "0::/\nnonsense\n");
    write("sys/fs/cgroup/memory.max", "a lot\n");
    assertThat(limit()).isEqualTo(8 * GIB);
  }

  @Test
  void whereThereIsNoProcThereIsNoAnswer() {
    assertThat(new LinuxMemory(root.resolve("elsewhere")).limitBytes()).isZero();
  }

  @Test
  void otherSystemsAreAskedThroughTheManagementBean() {
    assertThat(OtherMemory.totalBytes()).isGreaterThan(64 * MIB);
  }

  @Test
  void theBoundThatAParentGaveCounts() {
    assertThat(MachineLimits.memoryBytes()).isGreaterThan(200 * MIB);
    System.setProperty(MachineLimits.MEMORY_LIMIT_PROPERTY, "" + 200 * MIB);
    try {
      assertThat(MachineLimits.memoryBytes()).isEqualTo(200 * MIB);
    } finally {
      System.clearProperty(MachineLimits.MEMORY_LIMIT_PROPERTY);
    }
  }

  @Test
  void workersShareWhatTheParentAndTheReserveLeave() {
    long share = (6 * GIB - 128 * MIB - 4 * 64 * MIB) / 4;
    assertThat(MachineLimits.workerHeap(4, 8 * GIB, 2 * GIB, false))
        .isEqualTo(share * 8 / 10 / MIB * MIB);
    assertThat(MachineLimits.workerHeap(3, 8 * GIB, 2 * GIB + 1, false) % MIB).isZero();
  }

  /// Shares of every size, in which the bounds of metaspace and direct memory are at their least,
  /// in proportion, and at their most.
  @ParameterizedTest
  @ValueSource(longs = {300, 639, 640, 641, 1000, 2000, 5000, 5120, 5121, 9000, 100_000})
  void heapMetaspaceDirectMemoryAndReserveOfAllWorkersFitBesideTheParent(long share) {
    long ownHeap = 2 * GIB;
    long limit = ownHeap + 128 * MIB + 3 * (64 + share) * MIB;
    long heap = MachineLimits.workerHeap(3, limit, ownHeap, false);
    long each = heap + 2 * MachineLimits.nonHeap(heap) + 64 * MIB;
    assertThat(ownHeap + 128 * MIB + 3 * each).isBetween(limit - 3 * 3 * MIB, limit);
  }

  @Test
  void noWorkerGetsLessThan64MiB() {
    assertThat(MachineLimits.workerHeap(64, GIB, GIB / 4, false)).isEqualTo(64 * MIB);
    assertThat(MachineLimits.workerHeap(1, GIB, 2 * GIB, false)).isEqualTo(64 * MIB);
  }

  @Test
  void aNestedPoolDividesHalfOfItsWorkersHeap() {
    assertThat(MachineLimits.workerHeap(2, 8 * GIB, GIB, true)).isEqualTo(GIB / 4);
  }

  @Test
  void zeroWorkersAreRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> MachineLimits.defaultWorkerHeap(0));
  }

  private long limit() {
    return new LinuxMemory(root).limitBytes();
  }

  private void write(String file, String content) throws IOException {
    Path path = root.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, content);
  }
}
