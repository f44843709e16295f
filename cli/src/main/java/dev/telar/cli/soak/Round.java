package dev.telar.cli.soak;

import dev.telar.ProcessPool;
import dev.telar.cli.soak.Violations.Kind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;

/// Some hundred tasks, handed to the pool a few at a time; when all have ended, the books are
/// balanced: who has ended how often, how, and how often was it begun?
///
/// Rounds keep the soak's own memory flat: nothing of one is left when the next begins.
final class Round {

  private static final int TASKS = 300;
  private static final int IN_FLIGHT = 24;

  /// Whatever takes longer waits for ever. Every task has a limit of its own of some seconds.
  static final long STUCK_NANOS = TimeUnit.SECONDS.toNanos(60);

  private final ProcessPool pool;
  private final RandomGenerator random;
  private final Violations violations;
  private final Tally tally;
  private final Executions log;
  private final List<Attempt> attempts = new ArrayList<>();
  private final Semaphore room = new Semaphore(IN_FLIGHT);

  Round(
      ProcessPool pool,
      Path folder,
      String name,
      RandomGenerator random,
      Violations violations,
      Tally tally)
      throws IOException {
    this.pool = pool;
    this.random = random;
    this.violations = violations;
    this.tally = tally;
    this.log = Executions.in(folder, name);
  }

  /// Runs it.
  ///
  /// @param more whether another task is to be handed in
  /// @return false if a task waits for ever, so that there is no point in going on
  boolean run(BooleanSupplier more) throws InterruptedException, IOException {
    boolean ended = submit(more) && awaitAll();
    int[] begun = log.counts(TASKS);
    for (Attempt attempt : attempts) {
      check(attempt, begun[attempt.task()]);
    }
    log.delete();
    return ended;
  }

  private boolean submit(BooleanSupplier more) throws InterruptedException {
    for (int task = 0; task < TASKS && more.getAsBoolean(); task++) {
      if (!room.tryAcquire(STUCK_NANOS, TimeUnit.NANOSECONDS)) {
        return awaitAll();
      }
      var attempt = new Attempt(task, TaskKind.any(random));
      attempts.add(attempt);
      attempt
          .kind()
          .start(pool, task, log, random)
          .whenComplete(
              (value, error) -> {
                attempt.ended(value, error);
                room.release();
              });
    }
    return true;
  }

  private boolean awaitAll() throws InterruptedException {
    long deadline = System.nanoTime() + STUCK_NANOS;
    boolean all = true;
    for (Attempt attempt : attempts) {
      if (!attempt.await(Math.max(0, deadline - System.nanoTime()))) {
        violations.add(Kind.STUCK, attempt.kind() + ", task " + attempt.task());
        all = false;
      }
    }
    return all;
  }

  private void check(Attempt attempt, int begun) {
    if (!attempt.hasEnded()) {
      return; // told as stuck
    }
    Attempt.End end = attempt.end();
    tally.add(end, attempt.kind(), begun);
    if (begun > attempt.kind().mostBegun()) {
      violations.add(Kind.DUPLICATED, attempt + ", begun " + begun + " times");
    }
    if (end == Attempt.End.RESULT && begun == 0) {
      violations.add(Kind.LOST, attempt + ", never begun");
    }
    if (end == Attempt.End.WRONG) {
      violations.add(Kind.WRONG, attempt.toString());
    }
  }
}
