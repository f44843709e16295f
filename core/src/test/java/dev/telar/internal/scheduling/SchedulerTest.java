package dev.telar.internal.scheduling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.telar.Capabilities;
import dev.telar.Pool;
import dev.telar.Task;
import dev.telar.TaskOptions;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

/// Which slot is woken, with slots that do nothing by themselves.
class SchedulerTest {

  /// A slot that counts its wake-ups and gives back what it is told to.
  private static final class IdleSlot implements Slot {
    int wakes;
    final ArrayDeque<Job> waiting = new ArrayDeque<>();

    @Override
    public void wake() {
      wakes++;
    }

    @Override
    public void cancel(Job job, boolean interrupt) {}

    @Override
    public boolean timeOut(Job job) {
      return false;
    }

    @Override
    public long startedNanos(Job job) {
      return 0;
    }

    @Override
    public Job giveBack() {
      return waiting.pollLast();
    }
  }

  /// An engine whose slots are the test's.
  private static final class NoEngine implements Engine {
    Scheduler scheduler;
    final List<Object> released = new ArrayList<>();

    @Override
    public Capabilities capabilities() {
      return new Capabilities(2, false, false, false, true, true);
    }

    @Override
    public Object pack(Object task) {
      return task;
    }

    @Override
    public Object packFunction(Object function, Object users) {
      return function;
    }

    @Override
    public void release(Object packedFunction) {
      released.add(packedFunction);
    }

    @Override
    public Object packState(Task<?> initializer) {
      return initializer;
    }

    @Override
    public Object packItem(Object item) {
      return item;
    }

    @Override
    public boolean chunks() {
      return false;
    }

    @Override
    public void start(Scheduler started) {
      scheduler = started;
    }

    @Override
    public void stop() {
      scheduler.terminated();
    }

    @Override
    public void stopRunning() {}
  }

  private static final class TestPool extends SchedulerPool {
    TestPool(Engine engine) {
      super("test", engine, TaskOptions.defaults(), null, List.of());
    }

    @Override
    public Pool with(TaskOptions options) {
      throw new UnsupportedOperationException();
    }
  }

  private final NoEngine engine = new NoEngine();
  private final TestPool pool = new TestPool(engine);
  private final Scheduler scheduler = engine.scheduler;
  private final IdleSlot one = new IdleSlot();
  private final IdleSlot other = new IdleSlot();

  @Test
  void aSlotThatAsksAfterItsEndSwallowsNoWakeUp() {
    scheduler.add(one);
    scheduler.remove(one); // its worker died…
    scheduler.add(other);
    assertThat(scheduler.next(one, true)).isNull(); // …while it was about to pull
    pool.submit(() -> 1);
    assertThat(one.wakes).isZero();
    assertThat(other.wakes).isEqualTo(1);
    pool.shutdownNow();
  }

  @Test
  void aRetiredSlotThatAsksSwallowsNoWakeUp() {
    scheduler.add(one);
    scheduler.retire(one);
    scheduler.add(other);
    assertThat(scheduler.next(one, true)).isNull();
    pool.submit(() -> 1);
    assertThat(one.wakes).isZero();
    assertThat(other.wakes).isEqualTo(1);
    pool.shutdownNow();
  }

  @Test
  void aSlotThatIsCalledToHelpAndHasGotAJobByThenCallsAnother() {
    var third = new IdleSlot();
    var fourth = new IdleSlot();
    List.of(one, other, third, fourth).forEach(scheduler::add);
    pool.submit(() -> 1);
    Job first = scheduler.next(one, true);
    scheduler.sentAhead();
    assertThat(other.wakes).isEqualTo(1);
    pool.submit(() -> 2);
    assertThat(third.wakes).isEqualTo(1);
    Job second = scheduler.next(other, true);
    assertThat(fourth.wakes).isEqualTo(1);
    scheduler.ended(first);
    scheduler.ended(second);
    pool.shutdownNow();
  }

  @Test
  void aSlotThatIsCalledToHelpAndEndsCallsAnother() {
    scheduler.add(one);
    scheduler.add(other);
    scheduler.sentAhead();
    assertThat(one.wakes).isEqualTo(1);
    scheduler.remove(one);
    assertThat(other.wakes).isEqualTo(1);
    pool.shutdownNow();
  }

  @Test
  void aJobThatIsTakenBackSaysSoSoThatWhoHelpsCallsTheNext() {
    scheduler.add(one);
    pool.submit(() -> 1);
    Job job = scheduler.next(one, true);
    one.waiting.add(job);
    scheduler.add(other);
    assertThat(job.wasTakenBack()).isFalse();
    assertThat(scheduler.next(other, true)).isSameAs(job);
    assertThat(job.wasTakenBack()).isTrue();
    scheduler.ended(job);
    pool.shutdownNow();
  }

  @Test
  void aSlotThatIsForgottenWakesNobody() {
    scheduler.add(one);
    scheduler.add(other);
    pool.submit(() -> 1);
    int before = one.wakes + other.wakes;
    scheduler.forget(one);
    assertThat(one.wakes + other.wakes).isEqualTo(before);
    pool.shutdownNow();
  }

  @Test
  void aJobThatComesBackAfterAStopIsNotQueuedAgain() {
    scheduler.add(one);
    var future = pool.submit(() -> 1);
    Job job = scheduler.next(one, true);
    pool.shutdownNow();
    scheduler.requeue(job);
    assertThat(future).isCancelled();
    assertThat(scheduler.next(one, true)).isNull();
    assertThat(pool.isTerminated()).isTrue();
  }

  @Test
  void aJobThatHasEndedBeforeItIsQueuedAgainIsCountedOnce() {
    pool.submit(() -> 1); // keeps the pool busy
    var flow =
        new Flow(
            scheduler,
            engine,
            TaskOptions.defaults(),
            "flow",
            new Object(),
            new Flow.Delivery(true, true),
            -1);
    scheduler.open(flow);
    flow.offer(new Object[] {1, 2}, 0, 2);
    scheduler.add(one);
    Job task = scheduler.next(one, true);
    var whole = (ChunkJob) scheduler.next(one, true);
    ChunkJob part = whole.part(0, 1);
    assertThat(flow.replace(whole, List.of(part))).isTrue();
    scheduler.ended(whole);
    flow.close(); // its consumer has left, just before…
    scheduler.requeue(part); // …the rest of a chunk goes back to the queue
    scheduler.ended(part);
    pool.shutdown();
    assertThat(pool.isTerminated()).isFalse(); // the task is still out
    scheduler.ended(task);
    assertThat(pool.isTerminated()).isTrue();
  }

  @Test
  void theFunctionOfAStreamThatNobodyConsumesIsReleased() {
    try (var stream = pool.stream(x -> x, List.of(1))) {
      assertThat(stream.isParallel()).isFalse();
    }
    assertThat(engine.released).hasSize(1);
    pool.shutdownNow();
  }

  @Test
  void theFunctionOfAMapThatIsRefusedIsReleased() {
    pool.shutdown();
    assertThatThrownBy(() -> pool.map(x -> x, List.of(1)))
        .isInstanceOf(RejectedExecutionException.class);
    assertThat(engine.released).hasSize(1);
  }
}
