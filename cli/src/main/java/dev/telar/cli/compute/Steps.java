package dev.telar.cli.compute;

import dev.telar.TaskFunction;
import dev.telar.cli.work.Answer;
import dev.telar.cli.work.Job;
import dev.telar.cli.work.Listing;
import dev.telar.cli.work.Total;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/// Some equal items whose results matter little: how they are done is the point.
///
/// @param input what is told of them
/// @param count how many
/// @param step gives a number for the number of an item
record Steps(String input, int count, TaskFunction<Integer, Long> step)
    implements Job<Integer, Steps.Done> {

  /// One item that is done.
  ///
  /// @param item its number
  /// @param result what it gave
  /// @param pid where it ran
  record Done(int item, long result, long pid) implements Serializable {}

  @Override
  public List<Integer> items() {
    return IntStream.range(0, count).boxed().toList();
  }

  @Override
  public TaskFunction<Integer, Done> function() {
    // Not the whole record: only what is needed travels.
    TaskFunction<Integer, Long> one = step;
    return item -> new Done(item, one.apply(item), ProcessHandle.current().pid());
  }

  @Override
  public Total<Done> newTotal() {
    return new StepsTotal();
  }

  private static final class StepsTotal implements Total<Done> {

    private final List<Done> steps = new ArrayList<>();

    @Override
    public void add(Done done) {
      steps.add(done);
    }

    @Override
    public Answer answer() {
      Map<String, Object> facts = new LinkedHashMap<>();
      facts.put("steps", steps.size());
      facts.put("sum", steps.stream().mapToLong(Done::result).sum());
      String line =
          String.format(
              Locale.ROOT, "%,d %s done.", steps.size(), steps.size() == 1 ? "step" : "steps");
      return new Answer(List.of(line), facts);
    }

    @Override
    public Listing listing() {
      List<List<Object>> rows =
          steps.stream()
              .sorted(Comparator.comparingInt(Done::item))
              .map(it -> List.<Object>of(it.item(), it.result(), it.pid()))
              .toList();
      return new Listing(List.of("step", "result", "pid"), rows);
    }
  }
}
