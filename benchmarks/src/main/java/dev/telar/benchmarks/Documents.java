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
    var pages = new Documents(count);
    return new PoolContender<>(
        () -> new Workers(pages),
        count,
        its -> its.parse(pages.files().subList(0, 1)),
        its -> its.parse(pages.files()));
  }

  /// One parser in this JVM, one page after the other.
  static Contender here(int count) {
    var pages = new Documents(count);
    return new PoolContender<>(
        () -> new Here(pages, new AutoDetectParser()),
        count,
        its -> its.parse(pages.files().subList(0, 1)),
        its -> its.parse(pages.files()));
  }

  /// The text of a page, which all sides hand to who asked for it.
  private static String parse(AutoDetectParser parser, Path file) throws Exception {
    var text = new BodyContentHandler(-1);
    try (TikaInputStream in = TikaInputStream.get(file)) {
      parser.parse(in, text, new Metadata(), new ParseContext());
    }
    return text.toString();
  }

  static void check(String text) {
    if (text.length() < CHARACTERS / 4) {
      throw new IllegalStateException("only " + text.length() + " characters of text");
    }
  }

  private record Here(Documents pages, AutoDetectParser parser) implements AutoCloseable {

    void parse(List<Path> files) throws Exception {
      for (Path file : files) {
        check(Documents.parse(parser, file));
      }
    }

    @Override
    public void close() throws IOException {
      pages.close();
    }
  }

  private static final class Workers implements AutoCloseable {
    private final Documents pages;
    private final Pool pool = Pool.processes(2);
    private final StatefulPool<AutoDetectParser> parsers = pool.withState(AutoDetectParser::new);

    Workers(Documents pages) {
      this.pages = pages;
    }

    void parse(List<Path> files) throws Exception {
      List<TaskFuture<String>> futures = new ArrayList<>();
      for (Path file : files) {
        futures.add(parsers.<String>submit(parser -> Documents.parse(parser, file)));
      }
      for (TaskFuture<String> future : futures) {
        check(future.get());
      }
    }

    @Override
    public void close() throws IOException {
      pool.close();
      pages.close();
    }
  }
}
