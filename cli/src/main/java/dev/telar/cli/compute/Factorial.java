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

/// Factorials of large numbers: items that compute for some milliseconds each.
public final class Factorial implements Workload {

  private static final int MOST = 1_000_000;
  private static final int SMALLEST = 2_000;
  private static final int STEP = 100;
  private static final int COUNT = 100;

  @Parameters(
      arity = "0..*",
      paramLabel = "N",
      description = "The numbers (default: 2000, 2100, ..., 11900).")
  private List<String> typed = new ArrayList<>();

  /// For the registry and for tests.
  public Factorial() {}

  /// A number to take the factorial of.
  ///
  /// @param index its place among all
  record Item(int index, int n) implements Serializable {

    LongProduct product() {
      return LongProduct.factorial(index, n);
    }
  }

  @Override
  public String name() {
    return "factorial";
  }

  @Override
  public String summary() {
    return "Factorials of large numbers: computes.";
  }

  @Override
  public Job<?, ?> job(int parallelism) throws InputException {
    var items = new ArrayList<Item>();
    for (String number : typed) {
      items.add(new Item(items.size(), Numbers.inRange("N", number, 0, MOST)));
    }
    for (int i = 0; typed.isEmpty() && i < COUNT; i++) {
      items.add(new Item(i, SMALLEST + STEP * i));
    }
    return new FactorialJob(items);
  }

  private record FactorialJob(List<Item> items) implements Job<Item, LongProduct> {

    @Override
    public String input() {
      int least = items.stream().mapToInt(Item::n).min().orElseThrow();
      int most = items.stream().mapToInt(Item::n).max().orElseThrow();
      return items.size() == 1
          ? "the number " + least
          : "%d numbers from %d to %d".formatted(items.size(), least, most);
    }

    @Override
    public TaskFunction<Item, LongProduct> function() {
      return Item::product;
    }

    @Override
    public boolean comparesChunks() {
      return items.size() > 1;
    }

    @Override
    public Total<LongProduct> newTotal() {
      return new FactorialTotal();
    }
  }

  private static final class FactorialTotal implements Total<LongProduct> {

    private final List<LongProduct> products = new ArrayList<>();

    @Override
    public void add(LongProduct product) {
      products.add(product);
    }

    private List<LongProduct> sorted() {
      return products.stream().sorted(Comparator.comparingInt(LongProduct::index)).toList();
    }

    @Override
    public Answer answer() {
      long digits = products.stream().mapToLong(LongProduct::digits).sum();
      Map<String, Object> facts = new LinkedHashMap<>();
      facts.put("numbers", products.size());
      facts.put("digits", digits);
      facts.put("sha256", LongProduct.digest(String.join("\n", digests())));
      String line =
          String.format(
              Locale.ROOT,
              "%,d %s, %,d digits in all.",
              products.size(),
              products.size() == 1 ? "factorial" : "factorials",
              digits);
      return new Answer(List.of(line), facts);
    }

    private List<String> digests() {
      return sorted().stream().map(LongProduct::sha256).toList();
    }

    @Override
    public Listing listing() {
      List<List<Object>> rows =
          sorted().stream()
              .map(it -> List.<Object>of(it.n(), it.digits(), it.shown(), it.sha256()))
              .toList();
      return new Listing(List.of("n", "digits", "factorial", "sha256"), rows);
    }
  }
}
