package dev.telar.internal.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.telar.LeakPolicy;
import dev.telar.internal.codec.ClassDictionary;
import dev.telar.internal.wire.FrameWriter;
import dev.telar.internal.wire.UpkeepSettings;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/// When a worker finds that it is unfit for further tasks.
class UpkeepTest {

  private final RunningJobs running = new RunningJobs();
  private final CountDownLatch end = new CountDownLatch(1);

  private void run(Upkeep upkeep, long job, Runnable task) throws IOException {
    running.begin(job);
    task.run();
    running.end(job);
    upkeep.after(job);
  }

  private void leaveAThread() {
    Thread.ofPlatform()
        .daemon()
        .start(
            () -> {
              try {
                end.await();
              } catch (InterruptedException e) {
                // ends
              }
            });
  }

  @Test
  void aThreadIsFoundRightAfterTheTaskThatLeftItIfTheWorkerIsToBeRecycledForIt() throws Exception {
    var out =
        new FrameWriter(
            Channels.newChannel(OutputStream.nullOutputStream()), new ClassDictionary());
    try {
      for (int round = 0; round < 50; round++) {
        var upkeep = new Upkeep(new UpkeepSettings(LeakPolicy.RECYCLE, -1, 0), out, running);
        upkeep.accept();
        run(upkeep, 1, () -> {});
        assertThat(upkeep.isSpent()).isFalse();
        run(upkeep, 2, this::leaveAThread); // in the same millisecond
        assertThat(upkeep.isSpent()).as("round %d", round).isTrue();
      }
    } finally {
      end.countDown();
    }
  }
}
