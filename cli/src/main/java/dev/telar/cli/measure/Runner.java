package dev.telar.cli.measure;

import dev.telar.Pool;
import dev.telar.Task;
import dev.telar.TaskFunction;
import dev.telar.TaskOptions;
import dev.telar.cli.work.Answer;
import dev.telar.cli.work.InputException;
import dev.telar.cli.work.Job;
import dev.telar.cli.work.Lanes;
import dev.telar.cli.work.Mode;
import dev.telar.cli.work.Total;
import dev.telar.cli.work.Workload;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Measures one mode in this JVM, which should have done nothing else before.
///
/// The order is: start-up (from the launch of the JVM to the answer of an empty task), looking at
/// the input (not measured), the cold run, the warm runs, further warm runs with chunks of other
/// sizes if the job asks for them, and the peak of memory while all workers still live.
public final class Runner {

  private final Mode mode;
  private final int n;
  private final int repeat;
  private final Progress progress;
  private final int processors = Runtime.getRuntime().availableProcessors();

  /// Prepares a measurement.
  ///
  /// @param mode how to run the job
  /// @param n the N of the workload's lanes
  /// @param repeat how many warm runs, 1 or more
  /// @param progress is told of each finished item
  public Runner(Mode mode, int n, int repeat, Progress progress) {
    this.mode = mode;
    this.n = n;
    this.repeat = repeat;
    this.progress = progress;
  }

  /// Runs the job once cold and then warm.
  ///
  /// @param workload what to run
  /// @param launched when this JVM was launched
  /// @return what was measured
  /// @throws Exception what a task or the workload threw
  public Measurement measure(Workload workload, Instant launched) throws Exception {
    Lanes lanes = workload.lanes(n);
    try (Pool pool = mode.open(lanes)) {
      if (pool != null) {
        pool.submit(Task.of(() -> true)).get();
      }
      double startUp = ProcessTree.secondsSince(launched);
      Job<?, ?> job = workload.job(Math.max(lanes.most(), processors));
      return new OneJob<>(job, pool, lanes, workload.whyAnswersDiffer()).measure(startUp);
    }
  }

  /// All runs of one job.
  private final class OneJob<A, P> {

    private final Job<A, P> job;
    private final List<A> items;
    private final TaskFunction<A, P> function;
    private final @Nullable Pool pool;
    private final Lanes lanes;
    private final String whyDifferent;
    private final List<Integer> chunkSizes;
    private @Nullable Answer answer;
    private long done;

    OneJob(Job<A, P> job, @Nullable Pool pool, Lanes lanes, String whyDifferent)
        throws InputException {
      this.job = job;
      this.items = job.items();
      this.function = job.function(mode.jvms(lanes));
      this.pool = pool;
      this.lanes = lanes;
      this.whyDifferent = whyDifferent;
      this.chunkSizes =
          pool != null && job.comparesChunks()
              ? List.of(1, Math.ceilDiv(items.size(), mode.concurrency(lanes, processors)))
              : List.of();
    }

    Measurement measure(double startUp) throws Exception {
      // The first report of progress loads classes: that is no part of the cold run.
      progress.items(0, all());
      Run cold = run(pool);
      List<Run> warm = runs(pool);
      var chunks = new ArrayList<ChunkRuns>();
      for (int size : chunkSizes) {
        chunks.add(new ChunkRuns(size, runs(chunked(size))));
      }
      if (answer == null) {
        throw new IllegalStateException("no run");
      }
      ProcessTree.Peak peak = ProcessTree.peak();
      return new Measurement(
          mode,
          items.size(),
          Math.min(mode.concurrency(lanes, processors), processors),
          startUp,
          cold,
          warm,
          peak.bytes(),
          peak.processes(),
          answer,
          chunks);
    }

    private @Nullable Pool chunked(int size) {
      return pool == null ? null : pool.with(TaskOptions.defaults().chunkSize(size));
    }

    private List<Run> runs(@Nullable Pool pool) throws Exception {
      var runs = new ArrayList<Run>();
      for (int i = 0; i < repeat; i++) {
        runs.add(run(pool));
      }
      return runs;
    }

    private Run run(@Nullable Pool pool) throws Exception {
      Total<P> total = job.newTotal();
      double cpu = ProcessTree.cpuSeconds();
      long start = System.nanoTime();
      if (pool == null) {
        for (A item : items) {
          add(total, function.apply(item));
        }
      } else {
        try (Stream<P> parts = pool.streamUnordered(function, items)) {
          for (P part : (Iterable<P>) parts::iterator) {
            add(total, part);
          }
        }
      }
      double seconds = (System.nanoTime() - start) / 1e9;
      var run = new Run(seconds, ProcessTree.cpuSeconds() - cpu);
      check(total.answer());
      return run;
    }

    private void add(Total<P> total, P part) {
      total.add(part);
      progress.items(++done, all());
    }

    private long all() {
      return (long) items.size() * (1 + repeat * (1L + chunkSizes.size()));
    }

    private void check(Answer next) {
      if (answer != null && !answer.agrees(next)) {
        throw new IllegalStateException(
            "two runs found " + answer.facts() + " and " + next.facts() + ": " + whyDifferent);
      }
      answer = next;
    }
  }
}
