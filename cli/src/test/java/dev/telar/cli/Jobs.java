package dev.telar.cli;

import dev.telar.cli.work.Job;
import dev.telar.cli.work.Total;

/// Runs jobs for tests: a plain loop in this JVM.
public final class Jobs {

  private Jobs() {}

  /// The total of all items.
  public static <A, P> Total<P> total(Job<A, P> job) throws Exception {
    Total<P> total = job.newTotal();
    for (A item : job.items()) {
      total.add(job.function().apply(item));
    }
    return total;
  }
}
