package dev.telar.kill;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.telar.shared.Shared;
import dev.telar.testing.Handles;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A JVM that owns the objects and outlives the victims: starts them, has them killed, and checks.
///
/// Arguments: `native` or `park` for the victims (its own mode is the JVM's), how many kills (0:
/// each step of each scenario once), the number of lanes of a victim, the number of victims at
/// once, a seed, and parts of names of scenarios (none: all).
///
/// It ends with 0, or with 1 if something did not hold; the last lines of its output say what, and
/// how often victims died at each label.
final class Stage {
  private static final int VICTIMS_PER_SHARED = 40;
  private static final int MANY_VIOLATIONS = 10;
  private static final Pattern DIRECTORY = Pattern.compile("/[-/._A-Za-z0-9]+/a[0-9]+");
  private static final long SILENCE_MILLIS = 400;
  private static final long HANG_MILLIS = 20_000;

  private final boolean nativeVictims;
  private final int lanes;
  private final Plan plan;
  private final RandomGenerator random;
  private final ConcurrentLinkedQueue<String> violations = new ConcurrentLinkedQueue<>();
  private final AtomicInteger deaths = new AtomicInteger();
  private final AtomicInteger stops = new AtomicInteger();

  private Stage(boolean nativeVictims, int lanes, Plan plan, RandomGenerator random) {
    this.nativeVictims = nativeVictims;
    this.lanes = lanes;
    this.plan = plan;
    this.random = random;
  }

  public static void main(String[] args) throws Exception {
    Thread.ofPlatform().daemon().name("parent").start(Stage::endWithParent);
    long seed = Long.parseLong(args[4]);
    List<String> parts = List.of(args).subList(5, args.length);
    List<Scenario> scenarios =
        Scenarios.all().stream()
            .filter(one -> parts.isEmpty() || parts.stream().anyMatch(one.name()::contains))
            .toList();
    var random = new SynchronizedRandom(seed);
    var plan = new Plan(scenarios, random, Integer.parseInt(args[1]));
    var stage = new Stage(args[0].equals("native"), Integer.parseInt(args[2]), plan, random);
    long start = System.nanoTime();
    var runners = new ArrayList<Thread>();
    for (int i = 0; i < Integer.parseInt(args[3]); i++) {
      runners.add(Thread.ofPlatform().start(stage::play));
    }
    for (Thread runner : runners) {
      runner.join();
    }
    plan.missed().forEach(missed -> System.out.println("not reached: " + missed));
    plan.killsByLabel()
        .forEach((label, kills) -> System.out.println("label " + label + " " + kills));
    System.out.printf(
        "%d kills in %d deaths, %d of them while stopped, in %d s, seed %d, %d violations%n",
        plan.kills(),
        stage.deaths.get(),
        stage.stops.get(),
        (System.nanoTime() - start) / 1_000_000_000,
        seed,
        stage.violations.size());
    System.exit(stage.violations.isEmpty() ? 0 : 1);
  }

  /// The test that started this JVM may be killed, and then nobody waits for it.
  private static void endWithParent() {
    try {
      while (System.in.read() >= 0) {}
    } catch (IOException e) {
      // as good as its end
    }
    System.exit(2);
  }

  /// Random numbers for several threads.
  private static final class SynchronizedRandom implements RandomGenerator {
    private final Random random;

    SynchronizedRandom(long seed) {
      this.random = new Random(seed);
    }

    @Override
    public synchronized long nextLong() {
      return random.nextLong();
    }
  }

  /// Runs victims until the plan is done. Always one is already starting.
  private void play() {
    VictimProcess next = new VictimProcess(nativeVictims);
    try {
      while (violations.size() < MANY_VIOLATIONS && !plan.isDone()) {
        try (Shared shared = Shared.open()) {
          for (int i = 0; i < VICTIMS_PER_SHARED; i++) {
            List<Plan.Pick> picks = picks();
            if (picks.isEmpty()) {
              break;
            }
            VictimProcess victim = next;
            next = new VictimProcess(nativeVictims);
            try (victim) {
              new Scene(shared, victim, picks).play();
            }
          }
          checkNothingIsLeft(shared);
        }
      }
    } catch (Throwable e) {
      violated("the stage itself", e);
    } finally {
      next.close();
    }
  }

  /// Elements that were too large for their queue had files of their own.
  private void checkNothingIsLeft(Shared shared) {
    String handle = new String(HexFormat.of().parseHex(Handles.write(shared.longValue(0))), UTF_8);
    Matcher directory = DIRECTORY.matcher(handle);
    if (!directory.find()) {
      throw new AssertionError("no directory in " + handle);
    }
    try (var files = Files.newDirectoryStream(Path.of(directory.group()), "[ew]-*")) {
      files.forEach(file -> violated("memory of the dead", file + " is left"));
    } catch (IOException e) {
      violated("memory of the dead", e);
    }
  }

  private List<Plan.Pick> picks() {
    var picks = new ArrayList<Plan.Pick>();
    for (int i = 0; i < lanes * 2 && picks.size() < lanes; i++) {
      Plan.Pick pick = plan.next(!picks.isEmpty());
      if (pick != null) {
        picks.add(pick);
        if (pick.scenario().alone()) {
          break;
        }
      }
    }
    return picks;
  }

  private void violated(String where, Throwable e) {
    var text = new StringWriter();
    e.printStackTrace(new PrintWriter(text));
    violated(where, text.toString());
  }

  private void violated(String where, String what) {
    violations.add(where);
    System.out.println("VIOLATION " + where + ": " + what);
  }

  /// One victim.
  private final class Scene {
    private final VictimProcess victim;
    private final List<Plan.Pick> picks;
    private final List<Trial> trials = new ArrayList<>();
    private final List<Survivors> survivors = new ArrayList<>();
    private final Victim.Word[] said;

    Scene(Shared shared, VictimProcess victim, List<Plan.Pick> picks) {
      this.victim = victim;
      this.picks = picks;
      this.said = new Victim.Word[picks.size()];
      for (Plan.Pick pick : picks) {
        trials.add(pick.scenario().trial().apply(shared, random));
        survivors.add(new Survivors());
      }
    }

    /// The victims before, if any of the trials wants one; what they held is to be inherited.
    private void killThoseBefore() throws Exception {
      var orders = new ArrayList<Victim.Order>();
      for (Trial trial : trials) {
        if (trial.before() != null) {
          orders.add(new Victim.Order(Handles.write(trial.before()), "", 0, false, false));
        }
      }
      if (orders.isEmpty()) {
        return;
      }
      try (var first = new VictimProcess(nativeVictims)) {
        first.order(orders);
        for (int done = 0; done < orders.size(); ) {
          Victim.Word word = first.next(HANG_MILLIS);
          if (word == null || word.kind().equals("failed")) {
            throw new AssertionError("the victim before: " + word);
          }
          done += word.kind().equals("done") ? 1 : 0;
        }
      }
    }

    void play() throws Exception {
      killThoseBefore();
      var orders = new ArrayList<Victim.Order>();
      for (int i = 0; i < picks.size(); i++) {
        Plan.Pick pick = picks.get(i);
        Trial trial = trials.get(i);
        String act = Handles.write(trial.act());
        orders.add(
            new Victim.Order(
                act, pick.label(), pick.occurrence(), random.nextBoolean(), trial.background()));
        trial.begin(survivors.get(i));
      }
      victim.order(orders);
      listen();
      if (plan.isRound() || random.nextInt(10) == 0) {
        whileItStands();
      }
      victim.close();
      deaths.incrementAndGet();
      checkAll();
    }

    /// Until every lane stands or is done. Lanes of one victim may wait for each other, where one
    /// stands in the middle of what the others need.
    private void listen() throws InterruptedException {
      int heard = 0;
      boolean frozen = false;
      while (heard < picks.size()) {
        Victim.Word word = victim.next(frozen ? SILENCE_MILLIS : HANG_MILLIS);
        if (word == null) {
          if (!frozen) {
            violated(names(), "the victim hangs\n" + victim.dump());
          }
          return;
        }
        survivors.get(word.lane()).victimIsThere();
        if (word.kind().equals("ready")) {
          continue;
        }
        said[word.lane()] = word;
        heard++;
        frozen |= word.kind().equals("frozen");
      }
    }

    /// Stopped is not dead: for some wait slices nothing may happen to it.
    private void whileItStands() throws Exception {
      victim.stop();
      stops.incrementAndGet();
      Thread.sleep(70);
      for (int i = 0; i < picks.size(); i++) {
        if (said[i] != null && said[i].kind().equals("frozen")) {
          try {
            trials
                .get(i)
                .whileItStands(new Trial.End(picks.get(i).label(), steps(i), victim.pid()));
          } catch (Throwable e) {
            violated("stopped " + name(i), e);
          }
        }
      }
    }

    private void checkAll() throws Exception {
      survivors.forEach(Survivors::victimIsGone);
      var checks = new ArrayList<Thread>();
      for (int i = 0; i < picks.size(); i++) {
        int lane = i;
        checks.add(Thread.ofPlatform().start(() -> check(lane)));
      }
      for (Thread check : checks) {
        check.join();
      }
    }

    private void check(int lane) {
      Victim.Word word = said[lane];
      String kind = word == null ? "stuck" : word.kind();
      try {
        if (kind.equals("failed")) {
          violated(name(lane), new String(HexFormat.of().parseHex(word.text()), UTF_8));
          return;
        }
        Map<String, Integer> steps = steps(lane);
        String label =
            kind.equals("done") ? null : kind.equals("frozen") ? picks.get(lane).label() : "stuck";
        trials.get(lane).check(survivors.get(lane), new Trial.End(label, steps, victim.pid()));
        plan.learn(picks.get(lane), steps, kind.equals("frozen"));
      } catch (Throwable e) {
        violated(name(lane) + " (" + kind + ", pid " + victim.pid() + ")", e);
      } finally {
        survivors.get(lane).end();
      }
    }

    private Map<String, Integer> steps(int lane) {
      var steps = new TreeMap<String, Integer>();
      Victim.Word word = said[lane];
      if (word != null && !word.kind().equals("failed") && !word.text().isBlank()) {
        for (String step : word.text().strip().split(" ")) {
          String[] parts = step.split("=");
          steps.put(parts[0], Integer.parseInt(parts[1]));
        }
      }
      return steps;
    }

    private String name(int lane) {
      Plan.Pick pick = picks.get(lane);
      return pick.label().isEmpty()
          ? pick.scenario() + ", not killed"
          : "%s at %s the %d. time".formatted(pick.scenario(), pick.label(), pick.occurrence());
    }

    private String names() {
      return picks.stream().map(Plan.Pick::toString).toList().toString();
    }
  }
}
