package dev.telar.internal.system;

import static dev.telar.internal.system.Children.handle;
import static dev.telar.internal.system.Children.readLine;
import static dev.telar.internal.system.ProcessTree.WORKER_VARIABLE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.telar.testing.Processes;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ProcessTreeTest {
  @RegisterExtension final Children children = new Children();

  private final String worker = UUID.randomUUID().toString();

  @Test
  void grandchildrenThatIgnoreTermEndWithTheTree() throws Exception {
    Process root =
        children.sh("trap '' TERM; (trap '' TERM; sleep 1000 & echo $!; wait) & echo $!; wait");
    ProcessHandle one = handle(readLine(root));
    ProcessHandle two = handle(readLine(root));
    ProcessTree.kill(root.toHandle(), worker);
    awaitDeath(root.toHandle(), one, two);
  }

  @Test
  void anAdoptedGrandchildIsFoundByItsEnvironment() throws Exception {
    Process root = marked(worker, "(setsid sleep 1000 & echo $!); exec sleep 1000");
    ProcessHandle orphan = handle(readLine(root));
    await().until(() -> root.toHandle().descendants().noneMatch(orphan::equals));
    ProcessTree.kill(root.toHandle(), worker);
    awaitDeath(root.toHandle(), orphan);
  }

  @Test
  void theOrphansOfARootThatIsDeadAlreadyAreFoundToo() throws Exception {
    Process root = marked(worker, "(setsid sleep 1000 & echo $!); kill -9 $$");
    ProcessHandle orphan = handle(readLine(root));
    root.waitFor();
    ProcessTree.kill(root.toHandle(), worker);
    awaitDeath(orphan);
  }

  @Test
  void aDescendantOfAnOrphanThatCleanedItsEnvironmentEndsToo() throws Exception {
    Process root =
        marked(worker, "(setsid sh -c 'env -i sleep 1000 & echo $!; wait' &); exec sleep 1000");
    ProcessHandle clean = handle(readLine(root));
    ProcessTree.kill(root.toHandle(), worker);
    awaitDeath(root.toHandle(), clean);
  }

  @Test
  void theMarkOfAnOuterWorkerFindsWhatAnInnerOneStarted() throws Exception {
    Process inner = marked(worker + "/inner", "echo ready; read forEver");
    Process likeIt = marked(worker + "2", "echo ready; read forEver");
    readLine(inner);
    readLine(likeIt);
    assertThat(ProcessTree.carrying(WORKER_VARIABLE, worker)).containsExactly(inner.toHandle());
    assertThat(ProcessTree.carrying(WORKER_VARIABLE, "inner")).contains(inner.toHandle());
    assertThat(ProcessTree.carrying(WORKER_VARIABLE, worker + "/inner"))
        .containsExactly(inner.toHandle());
    ProcessTree.killCarriers(WORKER_VARIABLE, worker);
    awaitDeath(inner.toHandle());
    assertThat(likeIt.isAlive()).isTrue();
  }

  @Test
  void whoKillsItsOwnTreeGoesOn() throws Exception {
    ProcessBuilder builder = Children.javaBuilder(KillsItsOwnTree.class, worker);
    builder.environment().put(WORKER_VARIABLE, worker);
    Process process = children.start(builder);
    ProcessHandle child = handle(readLine(process));
    assertThat(readLine(process)).isEqualTo("still here");
    assertThat(process.waitFor()).isZero();
    awaitDeath(child);
  }

  @Test
  void processesThatVanishMeanwhileDoNoHarm() throws Exception {
    Process churn = marked(worker, "echo ready; while :; do /bin/true; done");
    readLine(churn);
    for (int i = 0; i < 200; i++) {
      assertThat(ProcessTree.carrying(WORKER_VARIABLE, worker)).contains(churn.toHandle());
    }
    ProcessTree.kill(churn.toHandle(), worker);
    awaitDeath(churn.toHandle());
    await().until(() -> ProcessTree.carrying(WORKER_VARIABLE, worker).isEmpty());
  }

  @Test
  void aRootThatIsGoneIsNoError() throws Exception {
    Process process = children.sh("exit 0");
    process.waitFor();
    ProcessTree.kill(process.toHandle(), worker);
    ProcessTree.kill(process.toHandle(), worker);
  }

  private Process marked(String value, String script) {
    ProcessBuilder builder = new ProcessBuilder("sh", "-c", script);
    builder.environment().put(WORKER_VARIABLE, value);
    return children.start(builder);
  }

  private static void awaitDeath(ProcessHandle... processes) {
    await().untilAsserted(() -> assertThat(List.of(processes)).noneMatch(Processes::isAlive));
  }

  static final class KillsItsOwnTree {
    public static void main(String[] args) throws Exception {
      Process child = new ProcessBuilder("sleep", "1000").start();
      System.out.println(child.pid());
      ProcessTree.kill(ProcessHandle.current(), args[0]);
      child.waitFor();
      System.out.println("still here");
    }
  }
}
