package dev.telar.cli.measure;

import dev.telar.Pool;
import dev.telar.Task;
import dev.telar.cli.work.Answer;
import dev.telar.cli.work.Job;
import dev.telar.cli.work.Total;
import dev.telar.cli.work.Workload;
import java.time.Instant;
import java.util.ArrayList;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Measures one mode in this JVM, which should have done nothing else before.
///
/// The order is: start-up (from the launch of the JVM to the answer of an empty task), looking at
/// the input (not measured), the cold run, the warm runs, and the peak of memory while all workers
/// still live.
public final class Runner {

  private final Mode mode;
  private final int n;
  private final int repeat;
  private final Progress progress;

  /// Prepares a measurement.
  ///
  /// @param mode how to run the job
  /// @param n how many threads or processes
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
    try (Pool pool = mode.open(n)) {
      if (pool != null) {
        pool.submit(Task.of(() -> true)).get();
      }
      double startUp = ProcessTree.secondsSince(launched);
      int processors = Runtime.getRuntime().availableProcessors();
      return measure(workload.job(Math.max(n, processors)), pool, startUp);
    }
  }

  private <A, P> Measurement measure(Job<A, P> job, @Nullable Pool pool, double startUp)
      throws Exception {
    // The first report of progress loads classes: that is no part of the cold run.
    progress.items(0, (long) job.items().size() * (repeat + 1));
    var runs = new ArrayList<Run>();
    Answer answer = null;
    for (int i = 0; i <= repeat; i++) {
      Total<P> total = job.newTotal();
      runs.add(run(job, pool, total, i));
      Answer next = total.answer();
      if (answer != null && !answer.equals(next)) {
        throw new IllegalStateException(
            mode.title() + " found " + next.facts() + " after " + answer.facts());
      }
      answer = next;
    }
    if (answer == null) {
      throw new IllegalStateException("no run");
    }
    int processors = Runtime.getRuntime().availableProcessors();
    ProcessTree.Peak peak = ProcessTree.peak();
    return new Measurement(
        mode,
        job.items().size(),
        Math.min(mode.concurrency(n, processors), processors),
        startUp,
        runs.getFirst(),
        runs.subList(1, runs.size()),
        peak.bytes(),
        peak.processes(),
        answer);
  }

  private <A, P> Run run(Job<A, P> job, @Nullable Pool pool, Total<P> total, int index)
      throws Exception {
    int items = job.items().size();
    long done = (long) items * index;
    long all = (long) items * (repeat + 1);
    double cpu = ProcessTree.cpuSeconds();
    long start = System.nanoTime();
    if (pool == null) {
      for (A item : job.items()) {
        total.add(job.function().apply(item));
        progress.items(++done, all);
      }
    } else {
      try (Stream<P> parts = pool.streamUnordered(job.function(), job.items())) {
        for (P part : (Iterable<P>) parts::iterator) {
          total.add(part);
          progress.items(++done, all);
        }
      }
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    return new Run(seconds, ProcessTree.cpuSeconds() - cpu);
  }
}
