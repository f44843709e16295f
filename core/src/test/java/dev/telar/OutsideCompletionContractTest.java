package dev.telar;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.telar.testing.Mark;
import dev.telar.testing.Tally;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Any completion of a [TaskFuture] from outside ends its task, running or waiting.
class OutsideCompletionContractTest extends PoolContract {

  /// All the ways to complete a future that is not one's own.
  enum Completion {
    CANCEL(future -> future.cancel(true)),
    COMPLETE(future -> future.complete("outside")),
    COMPLETE_EXCEPTIONALLY(future -> future.completeExceptionally(new IllegalStateException("x"))),
    OR_TIMEOUT(future -> future.orTimeout(1, MILLISECONDS)),
    COMPLETE_ON_TIMEOUT(future -> future.completeOnTimeout("outside", 1, MILLISECONDS)),
    COMPLETE_ASYNC(future -> future.completeAsync(() -> "outside")),
    COMPLETE_ASYNC_ON_EXECUTOR(future -> future.completeAsync(() -> "outside", Runnable::run)),
    OBTRUDE_VALUE(future -> future.obtrudeValue("outside")),
    OBTRUDE_EXCEPTION(future -> future.obtrudeException(new IllegalStateException("x")));

    private final Consumer<CompletableFuture<String>> how;

    Completion(Consumer<CompletableFuture<String>> how) {
      this.how = how;
    }

    void apply(CompletableFuture<String> future) {
      how.accept(future);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aRunningTaskIsInterrupted(Completion completion) throws Exception {
    Mark started = mark("started");
    Mark interrupted = mark("interrupted");
    TaskFuture<String> future =
        pool()
            .submit(
                () -> {
                  started.setAndWaitFor(interrupted);
                  return "inside";
                });
    started.await();
    completion.apply(future);
    assertThat(interrupted.await(Duration.ofSeconds(20))).isTrue();
    assertThat(pool().submit(() -> 1).get()).isEqualTo(1);
    assertThat(outcome(future)).isNotEqualTo("inside");
  }

  @ParameterizedTest
  @EnumSource
  void aWaitingTaskNeverRunsAndTheNextOneDoes(Completion completion) throws Exception {
    assumeTrue(engine.queues());
    Mark end = mark("end");
    Tally ran = Tally.in(folder, "ran");
    var running = occupy(pool(), end);
    TaskFuture<String> future =
        pool()
            .submit(
                () -> {
                  ran.add("completed from outside");
                  return "inside";
                });
    TaskFuture<Void> next = pool().submit(() -> ran.add("next"));
    completion.apply(future);
    assertThat(outcome(future)).isNotEqualTo("inside");
    end.set();
    next.get();
    for (var task : running) {
      task.get();
    }
    assertThat(ran.lines()).containsExactly("next");
  }

  private static String outcome(TaskFuture<String> future) {
    return future.handle((value, error) -> error == null ? value : error.toString()).join();
  }

  @Test
  void cancelWithoutInterruptLetsARunningTaskFinish() throws Exception {
    Mark started = mark("started");
    Mark end = mark("end");
    Mark finished = mark("finished");
    TaskFuture<Void> future =
        pool()
            .submit(
                () -> {
                  started.set();
                  end.await();
                  finished.set();
                });
    started.await();
    assertThat(future.cancel(false)).isTrue();
    assertThat(future.isCancelled()).isTrue();
    end.set();
    assertThat(finished.await(Duration.ofSeconds(20))).isTrue();
    assertThat(future.isCancelled()).isTrue();
  }

  @Test
  void cancelWithoutInterruptTakesAWaitingTaskAway() throws Exception {
    assumeTrue(engine.queues());
    Mark end = mark("end");
    Tally ran = Tally.in(folder, "ran");
    occupy(pool(), end);
    TaskFuture<Void> cancelled = pool().submit(() -> ran.add("cancelled"));
    TaskFuture<Void> next = pool().submit(() -> ran.add("next"));
    cancelled.cancel(false);
    end.set();
    next.get();
    assertThat(ran.lines()).containsExactly("next");
  }

  @Test
  void anInterruptMeantForOneTaskDoesNotReachTheNext() throws Exception {
    for (int round = 0; round < 50; round++) {
      List<TaskFuture<Boolean>> bystanders = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        TaskFuture<Integer> victim = pool().submit(() -> 1);
        bystanders.add(pool().submit(OutsideCompletionContractTest::interruptedSoon));
        victim.cancel(true);
      }
      for (var bystander : bystanders) {
        assertThat(bystander.get()).isFalse();
      }
    }
  }

  private static boolean interruptedSoon() {
    long start = System.nanoTime();
    while (System.nanoTime() - start < 200_000) {
      if (Thread.currentThread().isInterrupted()) {
        return true;
      }
      Thread.onSpinWait();
    }
    return Thread.currentThread().isInterrupted();
  }

  @Test
  void aTaskThatSetsItsInterruptStatusDoesNotDisturbTheNext() throws Exception {
    for (int i = 0; i < 20; i++) {
      pool().submit(() -> Thread.currentThread().interrupt()).get();
      assertThat(pool().submit(OutsideCompletionContractTest::interruptedSoon).get()).isFalse();
    }
  }

  @Test
  void completionFromOutsideWinsOverTheLateResult() throws Exception {
    Mark started = mark("started");
    Mark end = mark("end");
    Mark finished = mark("finished");
    TaskFuture<String> future =
        pool()
            .submit(
                () -> {
                  started.set();
                  end.awaitStubbornly();
                  finished.set();
                  return "inside";
                });
    started.await();
    assertThat(future.complete("outside")).isTrue();
    end.set();
    assertThat(finished.await(Duration.ofSeconds(20))).isTrue();
    pool().submit(() -> 1).get();
    assertThat(future.get()).isEqualTo("outside");
  }

  @Test
  void completingADependentDoesNotEndTheTask() throws Exception {
    Mark started = mark("started");
    Mark end = mark("end");
    TaskFuture<Integer> future =
        pool()
            .submit(
                () -> {
                  started.set();
                  end.await();
                  return 1;
                });
    CompletableFuture<Integer> dependent = future.thenApply(x -> x + 1);
    assertThat(dependent).isExactlyInstanceOf(CompletableFuture.class);
    started.await();
    dependent.cancel(true);
    future.copy().cancel(true);
    end.set();
    assertThat(future.get()).isEqualTo(1);
  }

  @Test
  void cancelThatRacesWithTheEndLeavesThePoolWhole() throws Exception {
    Pool pool = pool();
    for (int i = 0; i < 500; i++) {
      TaskFuture<Integer> future = pool.submit(() -> 1);
      if (i % 3 == 0) {
        Thread.onSpinWait();
      } else if (i % 3 == 1) {
        Thread.yield();
      }
      future.cancel(true);
    }
    assertThat(pool.submit(() -> 7).get()).isEqualTo(7);
  }
}
