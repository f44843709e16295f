package dev.telar.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.tika.exception.TikaConfigException;
import org.apache.tika.metadata.Metadata;
import org.apache.tika.metadata.TikaCoreProperties;
import org.apache.tika.pipes.FetchEmitTuple;
import org.apache.tika.pipes.PipesConfig;
import org.apache.tika.pipes.PipesParser;
import org.apache.tika.pipes.PipesResult;
import org.apache.tika.pipes.emitter.EmitKey;
import org.apache.tika.pipes.fetcher.FetchKey;

/// Tika's own way to parse in processes: two of them, fed by two threads, each page's text handed
/// back.
final class TikaPipes implements AutoCloseable {

  private static final int PROCESSES = 2;
  private final Documents pages;
  private final Path config;
  private final PipesParser parser;
  private final ExecutorService threads = Executors.newFixedThreadPool(PROCESSES);

  /// Starts no process yet: its own threads do at their first page.
  private TikaPipes(Documents pages, Path config) {
    this.pages = pages;
    this.config = config;
    try {
      parser = new PipesParser(PipesConfig.load(config));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (TikaConfigException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Path config(Path folder) {
    try {
      Path config = Files.createTempFile("tika", ".xml");
      return Files.writeString(config, text(config, folder));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String text(Path config, Path folder) {
    return """
    <properties>
      <pipes><params>
        <numClients>%d</numClients>
        <javaPath>%s</javaPath>
        <tikaConfig>%s</tikaConfig>
        <maxForEmitBatchBytes>-1</maxForEmitBatchBytes>
        <forkedJvmArgs><arg>-Xmx256m</arg></forkedJvmArgs>
      </params></pipes>
      <fetchers><fetcher class="org.apache.tika.pipes.fetcher.fs.FileSystemFetcher">
        <params><name>files</name><basePath>%s</basePath></params>
      </fetcher></fetchers>
    </properties>
    """
        .formatted(PROCESSES, Jvm.java(), config, folder);
  }

  static Contender contender(int count) {
    var pages = new Documents(count);
    Path config = config(pages.folder());
    return new PoolContender<>(
        () -> new TikaPipes(pages, config),
        count,
        its -> its.parse(pages.files().subList(0, 1)),
        its -> its.parse(pages.files()));
  }

  private void parse(List<Path> files) throws Exception {
    List<Callable<PipesResult>> tasks = new ArrayList<>();
    for (Path file : files) {
      String name = file.getFileName().toString();
      var tuple =
          new FetchEmitTuple(name, new FetchKey("files", name), new EmitKey("nowhere", name));
      tasks.add(() -> parser.parse(tuple));
    }
    for (Future<PipesResult> future : threads.invokeAll(tasks)) {
      PipesResult result = future.get();
      if (result.getEmitData() == null) {
        throw new IOException("Tika Pipes: " + result.getStatus() + " " + result.getMessage());
      }
      Metadata page = result.getEmitData().getMetadataList().getFirst();
      Documents.check(Objects.requireNonNullElse(page.get(TikaCoreProperties.TIKA_CONTENT), ""));
    }
  }

  @Override
  public void close() throws IOException {
    threads.close();
    parser.close();
    Files.deleteIfExists(config);
    pages.close();
  }
}
