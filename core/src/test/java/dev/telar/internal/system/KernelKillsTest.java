package dev.telar.internal.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KernelKillsTest {

  @TempDir Path root;

  private void write(String file, String content) throws IOException {
    Path path = root.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, content);
  }

  private long count() {
    return new KernelKills(root).count();
  }

  @Test
  void controlGroupsOfVersion2TellIt() throws IOException {
    write("proc/self/cgroup", "0::/app/web\n");
    write("sys/fs/cgroup/app/web/memory.events", "low 0\nhigh 7\nmax 9\noom 5\noom_kill 3\n");
    assertThat(count()).isEqualTo(3);
  }

  @Test
  void insideAContainerTheMountIsTheGroup() throws IOException {
    write("proc/self/cgroup", "0::/the/path/of/the/host\n");
    write("sys/fs/cgroup/memory.events", "oom_kill 4\n");
    assertThat(count()).isEqualTo(4);
  }

  @Test
  void controlGroupsOfVersion1TellIt() throws IOException {
    write("proc/self/cgroup", "5:cpu,cpuacct:/x\n4:memory:/x\n0::/\n");
    write("sys/fs/cgroup/memory/x/memory.oom_control", "oom_kill_disable 0\noom_kill 2\n");
    assertThat(count()).isEqualTo(2);
  }

  @Test
  void elseTheWholeMachinesCountIsTaken() throws IOException {
    write("proc/vmstat", "pgfault 12\noom_kill 6\n");
    assertThat(count()).isEqualTo(6);
  }

  @Test
  void whereNobodyCountsItIsNotKnown() throws IOException {
    assertThat(count()).isNegative();
    write("proc/vmstat", "oom_kill many\n");
    assertThat(count()).isNegative();
  }
}
