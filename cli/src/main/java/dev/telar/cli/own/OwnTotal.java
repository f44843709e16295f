package dev.telar.cli.own;

import dev.telar.cli.work.Answer;
import dev.telar.cli.work.Listing;
import dev.telar.cli.work.Total;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// The results of all lines.
final class OwnTotal implements Total<Result> {

  private final List<Result> results = new ArrayList<>();

  @Override
  public void add(Result result) {
    results.add(result);
  }

  private List<Result> sorted() {
    return results.stream().sorted(Comparator.comparingInt(Result::index)).toList();
  }

  @Override
  public Answer answer() {
    List<Result> sorted = sorted();
    List<String> failures =
        sorted.stream()
            .filter(result -> !result.isThere())
            .map(result -> result.line() + ": " + result.failure())
            .toList();
    int there = results.size() - failures.size();
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("results", there);
    facts.put("failed", failures.size());
    facts.put("sha256", digest(sorted));
    String line = String.format(Locale.ROOT, "%,d %s", there, there == 1 ? "result" : "results");
    String failed = failures.isEmpty() ? "." : "; " + failures.size() + " failed.";
    return new Answer(List.of(line + failed), facts, failures, true);
  }

  @Override
  public Listing listing() {
    return new Listing(
        List.of("item", "result", "error"),
        sorted().stream().map(it -> List.<Object>of(it.line(), it.text(), it.failure())).toList());
  }

  private static String digest(List<Result> results) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      for (Result result : results) {
        digest.update((result.text() + '\n').getBytes(StandardCharsets.UTF_8));
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
