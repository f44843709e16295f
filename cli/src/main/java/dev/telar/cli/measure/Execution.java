package dev.telar.cli.measure;

import dev.telar.Pool;
import dev.telar.Task;
import dev.telar.TaskFunction;
import dev.telar.TaskFuture;
import dev.telar.cli.work.InputException;
import dev.telar.cli.work.Job;
import dev.telar.cli.work.Lanes;
import dev.telar.cli.work.Mode;
import dev.telar.cli.work.Total;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Runs a job once, in one mode, for its result.
///
/// @param <A> the type of the items
/// @param <P> the type of the partial results
public final class Execution<A, P> {

  // Enough that no worker waits for the next item, few enough to forget about.
  private static final int LEAST_IN_FLIGHT = 1_000;
  private static final int IN_FLIGHT_PER_LANE = 4;

  private final Job<A, P> job;
  private final Mode mode;
  private final Lanes lanes;
  private final Progress progress;
  private final TaskFunction<A, P> function;
  private final Total<P> total;
  private long done;

  /// Prepares the run.
  ///
  /// @param job what to run
  /// @param mode how
  /// @param lanes how much at once
  /// @param progress is told of each finished item
  /// @throws InputException if the job has no function, for a reason that the user can repair
  public Execution(Job<A, P> job, Mode mode, Lanes lanes, Progress progress) throws InputException {
    this.job = job;
    this.mode = mode;
    this.lanes = lanes;
    this.progress = progress;
    this.function = job.function(mode.jvms(lanes));
    this.total = job.newTotal();
  }

  /// Runs all items.
  ///
  /// @return the joined results
  /// @throws Exception what an item threw, if the job does not contain failures
  public Total<P> run() throws Exception {
    progress.items(0, job.items().size());
    try (Pool pool = mode.open(lanes)) {
      if (pool == null) {
        for (A item : job.items()) {
          add(function.apply(item));
        }
      } else if (job.containsFailures()) {
        runEachByItself(pool);
      } else {
        try (Stream<P> parts = pool.streamUnordered(function, job.items())) {
          for (P part : (Iterable<P>) parts::iterator) {
            add(part);
          }
        }
      }
    }
    return total;
  }

  private void add(P part) {
    total.add(part);
    progress.items(++done, job.items().size());
  }

  private record Ended<A, P>(A item, TaskFuture<P> future) {}

  /// A stream ends with the first item that kills its worker; single tasks do not.
  private void runEachByItself(Pool pool) throws InterruptedException {
    int most = Math.max(LEAST_IN_FLIGHT, IN_FLIGHT_PER_LANE * lanes.most());
    BlockingQueue<Ended<A, P>> ended = new LinkedBlockingQueue<>();
    int inFlight = 0;
    for (A item : job.items()) {
      if (inFlight == most) {
        collect(ended.take());
        inFlight--;
      }
      // Not to be captured with all of this.
      TaskFunction<A, P> one = function;
      TaskFuture<P> future = pool.submit(Task.of(() -> one.apply(item)));
      future.whenComplete((_, _) -> ended.add(new Ended<>(item, future)));
      inFlight++;
    }
    for (; inFlight > 0; inFlight--) {
      collect(ended.take());
    }
  }

  private void collect(Ended<A, P> ended) throws InterruptedException {
    try {
      add(ended.future().get());
    } catch (ExecutionException e) {
      add(job.failed(ended.item(), reason(e.getCause())));
    }
  }

  private static String reason(@Nullable Throwable cause) {
    if (cause == null) {
      return "failed";
    }
    String message = cause.getMessage() == null ? cause.toString() : cause.getMessage();
    return message.lines().findFirst().orElse(cause.toString());
  }
}
