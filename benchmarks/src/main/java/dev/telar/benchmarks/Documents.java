package dev.telar.benchmarks;

import dev.telar.Pool;
import dev.telar.StatefulPool;
import dev.telar.TaskFuture;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.tika.io.TikaInputStream;
import org.apache.tika.metadata.Metadata;
import org.apache.tika.parser.AutoDetectParser;
import org.apache.tika.parser.ParseContext;
import org.apache.tika.sax.BodyContentHandler;

/// HTML pages of 50 KB, parsed by Tika: in workers, in this JVM, and by Tika's own processes.
final class Documents implements AutoCloseable {

  private static final int CHARACTERS = 50_000;
  private static final int WORDS_IN_A_PARAGRAPH = 60;
  private static final String[] WORDS = {
    "loom",
    "weaves",
    "threads",
    "into",
    "a",
    "cloth",
    "that",
    "no",
    "single",
    "one",
    "could",
    "be",
    "&amp;",
    "<b>strong</b>",
    "<a href=\"#there\">there</a>",
    "processes"
  };

  private final Path folder;
  private final List<Path> files = new ArrayList<>();

  /// Writes them, the same in every run.
  Documents(int count) {
    try {
      folder = Files.createTempDirectory("pages");
      for (int i = 0; i < count; i++) {
        files.add(Files.writeString(folder.resolve(i + ".html"), page(new Random(i))));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String page(Random random) {
    var text = new StringBuilder("<!DOCTYPE html><html><head><title>A page</title></head><body>");
    while (text.length() < CHARACTERS) {
      text.append("<p>");
      for (int i = 0; i < WORDS_IN_A_PARAGRAPH; i++) {
        text.append(WORDS[random.nextInt(WORDS.length)]).append(' ');
      }
      text.append("</p>\n");
    }
    return text.append("</body></html>").toString();
  }

  Path folder() {
    return folder;
  }

  List<Path> files() {
    return files;
  }

  @Override
  public void close() throws IOException {
    for (Path file : files) {
      Files.deleteIfExists(file);
    }
    Files.deleteIfExists(folder);
  }

  /// In a pool of 2, a parser for each worker.
  static Contender inWorkers(int count) {
    return new PoolContender<>(
        () -> new Workers(count),
        count,
        its -> {
          List<TaskFuture<Integer>> futures = new ArrayList<>();
          for (Path file : its.pages.files()) {
            futures.add(its.parsers.<Integer>submit(parser -> parse(parser, file)));
          }
          for (TaskFuture<Integer> future : futures) {
            check(future.get());
          }
        });
  }

  /// One parser in this JVM, one page after the other.
  static Contender here(int count) {
    var parser = new AutoDetectParser();
    return new PoolContender<>(
        () -> new Documents(count),
        count,
        pages -> {
          for (Path file : pages.files()) {
            check(parse(parser, file));
          }
        });
  }

  static int parse(AutoDetectParser parser, Path file) throws Exception {
    var text = new BodyContentHandler(-1);
    try (TikaInputStream in = TikaInputStream.get(file)) {
      parser.parse(in, text, new Metadata(), new ParseContext());
    }
    return text.toString().length();
  }

  static void check(int characters) {
    if (characters < CHARACTERS / 4) {
      throw new IllegalStateException("only " + characters + " characters of text");
    }
  }

  private static final class Workers implements AutoCloseable {
    private final Documents pages;
    private final Pool pool = Pool.processes(2);
    private final StatefulPool<AutoDetectParser> parsers = pool.withState(AutoDetectParser::new);

    Workers(int count) {
      pages = new Documents(count);
    }

    @Override
    public void close() throws IOException {
      pool.close();
      pages.close();
    }
  }
}
