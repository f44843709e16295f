package dev.telar.cli.fetch;

import dev.telar.TaskFunction;
import dev.telar.cli.work.Job;
import dev.telar.cli.work.Total;
import java.util.List;

/// Fetching some pages.
///
/// @param input what is told of them
/// @param items the pages
/// @param fetcher how one is fetched if all are fetched by one JVM
/// @param exact whether the pages are the same each time
record FetchJob(String input, List<Target> items, Fetcher fetcher, boolean exact)
    implements Job<Target, Page> {

  @Override
  public TaskFunction<Target, Page> function() {
    return fetcher;
  }

  /// Processes know nothing of one another: each gets its share of the turns at a host.
  @Override
  public TaskFunction<Target, Page> function(int jvms) {
    int limit = fetcher.perHost();
    int share = limit == 0 ? 0 : Math.max(1, limit / jvms);
    return new Fetcher(share, fetcher.timeout(), fetcher.retries());
  }

  @Override
  public boolean containsFailures() {
    return true;
  }

  @Override
  public Page failed(Target target, String reason) {
    return new Page(target.index(), target.uri().toString(), 0, 0, 0, "", reason);
  }

  @Override
  public Total<Page> newTotal() {
    return new FetchTotal(exact);
  }
}
