package dev.telar.cli.fetch;

import dev.telar.cli.work.Answer;
import dev.telar.cli.work.Listing;
import dev.telar.cli.work.Total;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// All pages of one run.
final class FetchTotal implements Total<Page> {

  private final List<Page> pages = new ArrayList<>();
  private final boolean exact;

  /// @param exact whether the pages are the same each time
  FetchTotal(boolean exact) {
    this.exact = exact;
  }

  @Override
  public void add(Page page) {
    pages.add(page);
  }

  private List<Page> sorted() {
    return pages.stream().sorted(Comparator.comparingInt(Page::index)).toList();
  }

  @Override
  public Answer answer() {
    List<String> failures =
        sorted().stream()
            .filter(page -> !page.isThere())
            .map(page -> page.url() + ": " + page.failure())
            .toList();
    long bytes = pages.stream().filter(Page::isThere).mapToLong(Page::bytes).sum();
    int there = pages.size() - failures.size();
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("pages", there);
    facts.put("failed", failures.size());
    facts.put("bytes", bytes);
    String line =
        String.format(
            Locale.ROOT, "%,d %s, %,d bytes", there, there == 1 ? "page" : "pages", bytes);
    String failed = failures.isEmpty() ? "." : "; " + failures.size() + " failed.";
    return new Answer(List.of(line + failed), facts, failures, exact);
  }

  @Override
  public Listing listing() {
    return new Listing(Page.COLUMNS, sorted().stream().map(Page::row).toList());
  }
}
