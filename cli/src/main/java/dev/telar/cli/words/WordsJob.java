package dev.telar.cli.words;

import dev.telar.TaskFunction;
import dev.telar.cli.work.Job;
import dev.telar.cli.work.Total;
import java.util.List;
import java.util.Locale;

/// Counting the words of one text, batch by batch.
///
/// @param text what is counted
/// @param items the batches
record WordsJob(Text text, List<Batch> items) implements Job<Batch, WordTable> {

  @Override
  public String input() {
    return String.format(
        Locale.ROOT,
        "%s (%,d %s, %s)",
        text.name(),
        text.files(),
        text.files() == 1 ? "file" : "files",
        size(text.bytes()));
  }

  private static String size(long bytes) {
    return bytes < 1_000_000
        ? String.format(Locale.ROOT, "%.1f kB", bytes / 1e3)
        : String.format(Locale.ROOT, "%,.1f MB", bytes / 1e6);
  }

  @Override
  public TaskFunction<Batch, WordTable> function() {
    return Batch::count;
  }

  @Override
  public Total<WordTable> newTotal() {
    return new WordsTotal(text.name());
  }
}
