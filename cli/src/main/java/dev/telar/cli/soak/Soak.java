package dev.telar.cli.soak;

import dev.telar.ProcessPool;
import dev.telar.cli.soak.Violations.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/// A pool under a mixed load whose workers are struck, and the books of it.
public final class Soak {

  /// The name of the pool, and the beginning of the names of its threads.
  static final String NAME = "soak";

  private static final int LANES = 2;
  private static final long SAMPLE_NANOS = TimeUnit.SECONDS.toNanos(10);
  private static final Duration PROCESSES_GONE = Duration.ofSeconds(2);
  private static final Duration ALL_GONE = Duration.ofSeconds(10);
  private static final Duration GRACE = Duration.ofMillis(100);

  private final SoakSettings settings;
  private final Consumer<String> progress;
  private final Violations violations = new Violations();
  private final Tally tally = new Tally();
  private final Leftovers leftovers = new Leftovers(UUID.randomUUID().toString());
  private final AtomicBoolean over = new AtomicBoolean();
  private final List<Footprint> footprints = new ArrayList<>();

  /// Prepares a soak.
  ///
  /// @param settings what it is told
  /// @param progress takes a line from time to time
  public Soak(SoakSettings settings, Consumer<String> progress) {
    this.settings = settings;
    this.progress = progress;
  }

  /// Runs it.
  ///
  /// @return what came of it
  /// @throws IOException if it cannot look after what it has to
  /// @throws InterruptedException if this thread is interrupted
  public Verdict run() throws IOException, InterruptedException {
    warmUp();
    Set<String> descriptors = Footprint.descriptors();
    Path folder = Files.createTempDirectory("telar-soak");
    long start = System.nanoTime();
    ProcessPool pool = pool();
    Striker struck;
    try {
      struck = strike(pool, folder, start);
    } finally {
      end(pool);
    }
    long elapsed = System.nanoTime() - start;
    findLeftovers(descriptors);
    delete(folder);
    findGrowth();
    tally.balance(struck.kills(), struck.stops(), violations);
    return new Verdict(
        Duration.ofNanos(elapsed), struck.kills(), struck.stops(), tally, footprints, violations);
  }

  /// What the JDK opens once and keeps, such as a socket to wake its own threads, is open after
  /// this.
  private void warmUp() {
    try (ProcessPool pool = pool()) {
      var _ = pool.submit(() -> 1).join();
    }
  }

  private ProcessPool pool() {
    return ProcessPool.builder()
        .name(NAME)
        .workers(settings.workers())
        .maxHeap("48m")
        .grace(GRACE)
        .environment(Leftovers.VARIABLE, leftovers.mark())
        .outputHandler((worker, error, line) -> {})
        .build();
  }

  private Striker strike(ProcessPool pool, Path folder, long start)
      throws IOException, InterruptedException {
    var random = new SplittableRandom(settings.seed());
    List<Thread> lanes = new ArrayList<>();
    try (var striker = new Striker(pool, random.split(), settings.meanInterval())) {
      for (int lane = 0; lane < LANES; lane++) {
        var own = random.split();
        String name = "lane-" + lane;
        lanes.add(Thread.ofPlatform().name(name).start(() -> load(pool, folder, name, own)));
      }
      watch(start, striker);
      over.set(true);
      for (Thread lane : lanes) {
        lane.join();
      }
      return striker;
    } finally {
      over.set(true);
    }
  }

  /// Ends the pool, and does not wait for ever where a task does.
  private void end(ProcessPool pool) throws InterruptedException {
    pool.shutdown();
    if (violations.count(Kind.STUCK) > 0
        || !pool.awaitTermination(Round.STUCK_NANOS, TimeUnit.NANOSECONDS)) {
      var _ = pool.shutdownNow();
      if (!pool.awaitTermination(ALL_GONE.toNanos(), TimeUnit.NANOSECONDS)) {
        violations.add(Kind.STUCK, "the pool does not end");
      }
    }
  }

  private void load(ProcessPool pool, Path folder, String name, SplittableRandom random) {
    try {
      for (int i = 0; !over.get(); i++) {
        var round = new Round(pool, folder, name + "-" + i, random.split(), violations, tally);
        if (!round.run(() -> !over.get())) {
          over.set(true); // what waits for ever will not be joined by others
        }
      }
    } catch (Throwable e) { // a lane that ends without a word would prove nothing
      violations.add(Kind.WRONG, "the load broke off: " + e);
      over.set(true);
    }
  }

  private void watch(long start, Striker striker) throws InterruptedException, IOException {
    long end = start + settings.length().toNanos();
    long next = start + Math.min(SAMPLE_NANOS, settings.length().toNanos() / 4);
    while (!over.get() && System.nanoTime() - end < 0) {
      TimeUnit.MILLISECONDS.sleep(50);
      if (System.nanoTime() - next >= 0) {
        footprints.add(Footprint.now());
        progress.accept(
            Verdict.line(System.nanoTime() - start, striker, tally, footprints.getLast()));
        next += Math.min(SAMPLE_NANOS, settings.length().toNanos() / 4);
      }
    }
  }

  private void findLeftovers(Set<String> descriptors) throws IOException, InterruptedException {
    List<String> processes = Waiting.untilEmpty(PROCESSES_GONE, leftovers::processes);
    processes.forEach(process -> violations.add(Kind.LEFT, process));
    List<String> others = Waiting.untilEmpty(ALL_GONE, () -> otherLeftovers(descriptors));
    others.forEach(thing -> violations.add(Kind.LEFT, thing));
  }

  private static List<String> otherLeftovers(Set<String> before) throws IOException {
    var left = new ArrayList<String>(Leftovers.filesOf(ProcessHandle.current().pid()));
    Footprint.poolThreads().forEach(name -> left.add("thread " + name));
    Set<String> open = Footprint.descriptors();
    open.removeAll(before);
    open.forEach(target -> left.add("descriptor of " + target));
    return left;
  }

  private static void delete(Path folder) throws IOException {
    try (var files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }

  private void findGrowth() {
    Verdict.growth(footprints).ifPresent(what -> violations.add(Kind.GROWN, what));
  }
}
