package dev.telar.cli.fetch;

import dev.telar.cli.work.InputException;
import dev.telar.cli.work.Job;
import dev.telar.cli.work.Lanes;
import dev.telar.cli.work.Lines;
import dev.telar.cli.work.Mode;
import dev.telar.cli.work.Support;
import dev.telar.cli.work.Workload;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Downloads pages: work that waits.
public final class Fetch implements Workload {

  private static final int AT_ONCE = 32;
  private static final int POLITE = 8;
  private static final double SHORTEST_SECONDS = 0.001;
  private static final double LONGEST_SECONDS = 86_400;

  @Parameters(
      arity = "0..*",
      paramLabel = "URL|@FILE",
      description = {
        "Pages, or files with one URL in a line (lines that begin with # are left out).",
        "Without any: 200 pages from a local server that takes 100 ms for each."
      })
  private List<String> inputs = new ArrayList<>();

  @Option(
      names = "--per-host",
      paramLabel = "N",
      description =
          "Requests at one host at a time, 0 for no limit (default: 8; none for the local server).")
  private @Nullable Integer perHost;

  @Option(
      names = "--retries",
      paramLabel = "N",
      description = "Further tries if there is no connection (default: 2).")
  private int retries = 2;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      description = "The limit for a page, to its last byte (default: 30).")
  private double timeout = 30;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Save the pages there, each under a name made from its URL.")
  private String out = "";

  // Where the comparing JVM has its server; for the JVMs that it starts.
  @Option(names = "--site", hidden = true)
  private String site = "";

  /// For the registry and for tests.
  public Fetch() {}

  /// The job on pages that are named here instead of on a command line.
  ///
  /// @param inputs URLs, and files behind an `@`
  public Fetch(List<String> inputs) {
    this.inputs = inputs;
  }

  @Override
  public String name() {
    return "fetch";
  }

  @Override
  public String summary() {
    return "Downloads pages.";
  }

  @Override
  public int defaultN() {
    return AT_ONCE;
  }

  @Override
  public int defaultRepeat() {
    return 1;
  }

  @Override
  public Lanes lanes(int n) {
    return Lanes.forWaiting(n);
  }

  @Override
  public Mode usual() {
    return Mode.VIRTUAL;
  }

  @Override
  public String whyAnswersDiffer() {
    return "pages that one mode got failed in another";
  }

  @Override
  public Support support() throws IOException {
    if (!inputs.isEmpty() || !site.isEmpty()) {
      return Support.NONE;
    }
    LocalSite local = LocalSite.open();
    site = local.root();
    return new Support(List.of("--site=" + site), local::close);
  }

  @Override
  public Job<?, ?> job(int parallelism) throws InputException {
    checkOptions();
    boolean own = inputs.isEmpty();
    Set<URI> pages = own ? parse(LocalSite.pages(site)) : parse(typed());
    if (pages.isEmpty()) {
      throw new InputException("no URLs in " + String.join(" ", inputs) + "; write one in a line");
    }
    List<Target> targets = inTurns(targets(pages));
    int limit = perHost != null ? perHost : own ? 0 : POLITE;
    return new FetchJob(
        describe(pages, own) + polite(limit),
        targets,
        new Fetcher(limit, Duration.ofNanos((long) (timeout * 1e9)), retries),
        own);
  }

  private void checkOptions() throws InputException {
    if (perHost != null && perHost < 0) {
      throw new InputException("--per-host must be 0 or more, not " + perHost);
    }
    if (retries < 0) {
      throw new InputException("--retries must be 0 or more, not " + retries);
    }
    // Written so that what is not a number is refused too.
    if (!(timeout >= SHORTEST_SECONDS && timeout <= LONGEST_SECONDS)) {
      throw new InputException("--timeout must be between 0.001 and 86400 seconds");
    }
  }

  private static String describe(Set<URI> pages, boolean own) {
    if (own) {
      return "%d pages from a local server that takes %d ms for each"
          .formatted(pages.size(), LocalSite.LATENCY.toMillis());
    }
    long hosts = pages.stream().map(Target::host).distinct().count();
    return "%d %s from %d %s"
        .formatted(
            pages.size(),
            pages.size() == 1 ? "page" : "pages",
            hosts,
            hosts == 1 ? "host" : "hosts");
  }

  private static String polite(int limit) {
    return limit == 0
        ? ""
        : ", at most %d at a time from one host (processes share them out, at least 1 each)"
            .formatted(limit);
  }

  private List<String> typed() throws InputException {
    var typed = new ArrayList<String>();
    for (String input : inputs) {
      if (input.startsWith("@")) {
        Lines.of(Path.of(input.substring(1))).stream()
            .filter(line -> !line.startsWith("#"))
            .forEach(typed::add);
      } else {
        typed.add(input);
      }
    }
    return typed;
  }

  /// Each page once.
  private static Set<URI> parse(List<String> typed) throws InputException {
    var pages = new LinkedHashSet<URI>();
    for (String url : typed) {
      pages.add(Target.parse(url));
    }
    return pages;
  }

  /// One page of each host in turn: else all lanes could wait for their turn at one host while
  /// nobody asks another.
  private static List<Target> inTurns(Collection<Target> pages) {
    Map<String, Queue<Target>> byHost = new LinkedHashMap<>();
    for (Target page : pages) {
      byHost.computeIfAbsent(Target.host(page.uri()), _ -> new ArrayDeque<>()).add(page);
    }
    var ordered = new ArrayList<Target>();
    while (!byHost.isEmpty()) {
      byHost.values().forEach(queue -> ordered.add(queue.remove()));
      byHost.values().removeIf(Queue::isEmpty);
    }
    return ordered;
  }

  private List<Target> targets(Set<URI> pages) throws InputException {
    Path folder = null;
    if (!out.isEmpty()) {
      folder = Path.of(out).toAbsolutePath();
      try {
        Files.createDirectories(folder);
      } catch (IOException e) {
        throw new InputException(
            "cannot make the folder " + out + "; is there a file of that name?");
      }
    }
    var targets = new ArrayList<Target>();
    for (URI page : pages) {
      String file = folder == null ? "" : folder.resolve(PageNames.of(page)).toString();
      targets.add(new Target(targets.size(), page, file));
    }
    return targets;
  }
}
