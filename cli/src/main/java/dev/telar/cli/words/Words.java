package dev.telar.cli.words;

import dev.telar.cli.work.InputException;
import dev.telar.cli.work.Job;
import dev.telar.cli.work.Workload;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Parameters;

/// How often each word occurs in real text: reading, CPU and a result of some size, the everyday
/// mixture.
public final class Words implements Workload {

  // Smaller batches cost more words that travel twice, larger ones leave stragglers.
  private static final long SMALLEST_BATCH = 256 << 10;
  private static final long LARGEST_BATCH = 8 << 20;
  private static final int BATCHES_PER_WORKER = 16;

  @Parameters(
      arity = "0..*",
      paramLabel = "FILE|DIR|ZIP",
      description = {
        "Text in UTF-8: files, folders with all below them, zips.",
        "Without any: the sources of the JDK (lib/src.zip), or else the strings in its classes."
      })
  private List<String> inputs = new ArrayList<>();

  /// For the registry and for tests.
  public Words() {}

  /// The job on text that is named here instead of on a command line.
  ///
  /// @param inputs files, folders and zips; none for the sources of the JDK
  public Words(List<String> inputs) {
    this.inputs = inputs;
  }

  @Override
  public String name() {
    return "words";
  }

  @Override
  public String summary() {
    return "Counts how often each word occurs in text.";
  }

  @Override
  public Job<?, ?> job(int parallelism) throws InputException {
    Text text = text();
    if (text.bytes() == 0) {
      throw new InputException("no text in " + text.name() + "; name a file that is not empty");
    }
    long share = text.bytes() / ((long) BATCHES_PER_WORKER * parallelism);
    long target = Math.clamp(share, SMALLEST_BATCH, LARGEST_BATCH);
    return new WordsJob(text, text.batches(target));
  }

  private Text text() throws InputException {
    if (inputs.isEmpty()) {
      return JdkText.find();
    }
    var texts = new ArrayList<Text>();
    for (String input : inputs) {
      texts.add(NamedText.of(input));
    }
    return Text.join(texts);
  }
}
