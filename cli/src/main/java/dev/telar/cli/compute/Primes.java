package dev.telar.cli.compute;

import dev.telar.TaskFunction;
import dev.telar.cli.work.Answer;
import dev.telar.cli.work.InputException;
import dev.telar.cli.work.Job;
import dev.telar.cli.work.Listing;
import dev.telar.cli.work.Total;
import dev.telar.cli.work.Workload;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Parameters;

/// Counts primes by trial division: nothing but arithmetic, in many short items, the later ones
/// longer than the first.
public final class Primes implements Workload {

  private static final int RANGES = 400;
  private static final int MOST = 1_000_000_000;

  @Parameters(
      arity = "0..1",
      paramLabel = "LIMIT",
      description = "Counts the primes up to here (default: 15000000).")
  private String typed = "15000000";

  /// For the registry and for tests.
  public Primes() {}

  /// Some numbers, one after the other.
  record Range(int from, int to) implements Serializable {

    Found count() {
      int count = 0;
      for (int n = from; n <= to; n++) {
        if (isPrime(n)) {
          count++;
        }
      }
      return new Found(from, to, count);
    }

    private static boolean isPrime(int n) {
      if (n < 4) {
        return n > 1;
      }
      if (n % 2 == 0) {
        return false;
      }
      for (int divisor = 3; (long) divisor * divisor <= n; divisor += 2) {
        if (n % divisor == 0) {
          return false;
        }
      }
      return true;
    }
  }

  /// How many primes are in a range.
  record Found(int from, int to, int primes) implements Serializable {}

  @Override
  public String name() {
    return "primes";
  }

  @Override
  public String summary() {
    return "Counts primes: computes, in many short items.";
  }

  @Override
  public Job<?, ?> job(int parallelism) throws InputException {
    int limit = Numbers.inRange("LIMIT", typed, 2, MOST);
    var ranges = new ArrayList<Range>();
    long size = Math.max(1, limit / RANGES);
    for (long from = 1; from <= limit; from += size) {
      ranges.add(new Range((int) from, (int) Math.min(limit, from + size - 1)));
    }
    return new PrimesJob(limit, ranges);
  }

  private record PrimesJob(int limit, List<Range> items) implements Job<Range, Found> {

    @Override
    public String input() {
      return String.format(Locale.ROOT, "1 to %,d, in %,d ranges", limit, items.size());
    }

    @Override
    public TaskFunction<Range, Found> function() {
      return Range::count;
    }

    @Override
    public boolean comparesChunks() {
      return true;
    }

    @Override
    public Total<Found> newTotal() {
      return new PrimesTotal(limit);
    }
  }

  private static final class PrimesTotal implements Total<Found> {

    // A person wants the sum; the ranges are for programs.
    private static final int SHOWN = 0;

    private final int limit;
    private final List<Found> parts = new ArrayList<>();

    PrimesTotal(int limit) {
      this.limit = limit;
    }

    @Override
    public void add(Found part) {
      parts.add(part);
    }

    @Override
    public Answer answer() {
      long primes = parts.stream().mapToLong(Found::primes).sum();
      Map<String, Object> facts = new LinkedHashMap<>();
      facts.put("limit", limit);
      facts.put("primes", primes);
      String line = String.format(Locale.ROOT, "%,d primes up to %,d.", primes, limit);
      return new Answer(List.of(line), facts);
    }

    @Override
    public Listing listing() {
      List<List<Object>> rows =
          parts.stream()
              .sorted(Comparator.comparingInt(Found::from))
              .map(it -> List.<Object>of(it.from(), it.to(), it.primes()))
              .toList();
      return new Listing(List.of("from", "to", "primes"), rows, SHOWN);
    }
  }
}
