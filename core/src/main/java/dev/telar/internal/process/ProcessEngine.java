package dev.telar.internal.process;

import static java.lang.System.Logger.Level.DEBUG;
import static java.lang.System.Logger.Level.WARNING;

import dev.telar.Capabilities;
import dev.telar.ProcessPoolConfig;
import dev.telar.Task;
import dev.telar.WorkerStartException;
import dev.telar.WorkerStats;
import dev.telar.internal.bulk.SegmentStore;
import dev.telar.internal.scheduling.Deadlines;
import dev.telar.internal.scheduling.Engine;
import dev.telar.internal.scheduling.Scheduler;
import dev.telar.internal.scheduling.TaskStack;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Worker processes: how many there are, and what happens when one starts, fails to start, or ends.
///
/// A worker that dies is replaced at once. When workers fail to *start*, three times in a row or
/// before any has ever come up, or when an initializer fails, the pool gives up instead of
/// respawning for ever.
public final class ProcessEngine implements Engine {

  private static final System.Logger LOG = System.getLogger(ProcessEngine.class.getName());
  private static final int MOST_START_FAILURES = 3;
  private static final int MOST_DOUBLINGS = 6;
  private static final long SPARE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
  private static final long RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
  private static final long NO_THREAD_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final ProcessPoolConfig config;
  private final Packing packing = new Packing();
  private final WorkerSpec spec;
  private final SegmentStore store;
  private final LeakLog leakLog;
  private final AtomicInteger numbers = new AtomicInteger();
  private final ReentrantLock lock = new ReentrantLock();

  /// Workers that take jobs or will.
  private final Set<ProcessSlot> active = new HashSet<>();

  /// Workers that wait, up or starting, until one of the active ones is missing.
  private final Set<ProcessSlot> spares = new LinkedHashSet<>();

  /// Workers that are not buried.
  private final Set<ProcessSlot> alive = new LinkedHashSet<>();

  private final Runnable onShutdown = this::killAll;
  private final AtomicBoolean finished = new AtomicBoolean();
  private volatile @Nullable AotTraining training;
  private int wanted;
  private int startFailures;
  private int earlyDeaths;
  private boolean everReady;
  private boolean hopeless;
  private boolean closing;
  private @Nullable Scheduler scheduler;

  /// An engine whose workers are not started.
  ///
  /// @throws IllegalArgumentException if there is no Java or no directory where the settings say
  public ProcessEngine(ProcessPoolConfig config) {
    this.config = config;
    this.wanted = config.initialWorkers();
    this.leakLog = new LeakLog(config.leaks());
    this.spec = WorkerSpec.forPool(config, packing);
    this.store = SegmentStore.ofParent(spec.directory().path());
    packing.putLargeValuesInto(store);
    spec.directory().onShutdown(onShutdown);
  }

  LeakLog leakLog() {
    return leakLog;
  }

  Packing packing() {
    return packing;
  }

  long graceNanos() {
    return Deadlines.saturatedNanos(config.grace());
  }

  long idleNanos() {
    Duration limit = config.idleTimeout();
    return limit == null ? 0 : Deadlines.saturatedNanos(limit);
  }

  /// How long a worker lives, a tenth less at random, so that they are not all replaced at once; 0:
  /// as long as it can.
  long lifetimeNanos() {
    Duration limit = config.maxLifetime();
    if (limit == null) {
      return 0;
    }
    double part = 1 - ThreadLocalRandom.current().nextDouble(0.1);
    return Math.max(1, (long) (Deadlines.saturatedNanos(limit) * part));
  }

  private Scheduler scheduler() {
    return Objects.requireNonNull(scheduler);
  }

  @Override
  public String toString() {
    return config.workers() + (config.workers() == 1 ? " process" : " processes");
  }

  @Override
  public Capabilities capabilities() {
    return new Capabilities(
        config.workers() * config.threadsPerWorker(), true, true, true, false, true);
  }

  @Override
  public Object pack(Object task) {
    return packing.task(task);
  }

  @Override
  public Object packFunction(Object function, Object users) {
    return packing.function(function, users);
  }

  @Override
  public Object packState(Task<?> initializer) {
    return packing.state(initializer);
  }

  @Override
  public void release(Object packed) {
    switch (packed) {
      case EncodedFunction function -> {
        slotsNow().forEach(slot -> slot.forgetFunction(function.id()));
        function.encoded().release();
      }
      case EncodedState state -> {
        slotsNow().forEach(slot -> slot.forgetState(state.id()));
        state.initializer().release();
      }
      default -> throw new AssertionError(packed);
    }
  }

  @Override
  public @Nullable Object packItem(@Nullable Object item) {
    return packing.item(item);
  }

  @Override
  public boolean chunks() {
    return true;
  }

  private List<ProcessSlot> slotsNow() {
    lock.lock();
    try {
      return List.copyOf(alive);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public List<WorkerStats> workers() {
    return slotsNow().stream().map(ProcessSlot::stats).toList();
  }

  @Override
  public List<TaskStack> stacks() {
    var survey = new StackSurvey();
    slotsNow().forEach(slot -> slot.ask(survey));
    return survey.await();
  }

  List<Long> pids() {
    return slotsNow().stream().map(ProcessSlot::pid).filter(pid -> pid != 0).toList();
  }

  // Starting.

  @Override
  public void start(Scheduler scheduler) {
    this.scheduler = scheduler;
    for (int i = wanted; i < config.workers(); i++) {
      scheduler.add(absentWorker());
    }
    startMissing();
  }

  private AbsentWorker absentWorker() {
    return new AbsentWorker(scheduler(), this::hasNoWorker, this::needsAnother, this::startAnother);
  }

  private boolean hasNoWorker() {
    lock.lock();
    try {
      return active.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  /// Whether more jobs wait, in the queue or behind others in a worker, than the workers that are
  /// starting will run at once.
  private boolean needsAnother() {
    List<ProcessSlot> workers;
    lock.lock();
    try {
      workers = List.copyOf(active);
    } finally {
      lock.unlock();
    }
    long starting = workers.stream().filter(ProcessSlot::isStarting).count();
    long behind = workers.stream().mapToLong(ProcessSlot::waiting).sum();
    return scheduler().waiting() + behind > starting * config.threadsPerWorker();
  }

  private void startMissing() {
    var needed = new ArrayList<ProcessSlot>();
    lock.lock();
    try {
      while (!closing && active.size() < wanted) {
        ProcessSlot spare = takeSpare();
        if (spare != null) {
          active.add(spare);
          needed.add(spare);
        } else {
          active.add(started(newSlot()));
        }
      }
    } catch (
        OutOfMemoryError e) { // there is no thread to be had now; whoever is here has work to do
      LOG.log(WARNING, "a worker of pool {0} cannot be started now: {1}", config.name(), e);
      var _ = Deadlines.after(NO_THREAD_NANOS, this::startMissing);
    } finally {
      lock.unlock();
    }
    needed.forEach(ProcessSlot::activate);
    if (config.spares() > 0) { // what the workers have to do now goes before
      var _ = Deadlines.after(needed.isEmpty() ? 0 : SPARE_NANOS, this::startSpares);
    }
  }

  private void startSpares() {
    lock.lock();
    try {
      while (!closing && !hopeless && spares.size() < config.spares()) {
        spares.add(started(newSlot().asSpare()));
      }
    } catch (OutOfMemoryError e) { // no thread to be had now
      var _ = Deadlines.after(NO_THREAD_NANOS, this::startSpares);
    } finally {
      lock.unlock();
    }
  }

  /// The spare that is up first, or will be.
  private @Nullable ProcessSlot takeSpare() {
    ProcessSlot best = null;
    for (ProcessSlot spare : spares) {
      if (best == null || (!best.isStandingBy() && spare.isStandingBy())) {
        best = spare;
      }
    }
    spares.remove(best);
    return best;
  }

  private ProcessSlot newSlot() {
    String name = config.name() + "-worker-" + numbers.incrementAndGet();
    return new ProcessSlot(this, scheduler(), spec, name, config.tasksPerWorker());
  }

  private ProcessSlot started(ProcessSlot slot) {
    slot.start(); // throws if there is no thread to be had
    alive.add(slot);
    return slot;
  }

  void ready(ProcessSlot slot) {
    boolean first;
    lock.lock();
    try {
      startFailures = 0;
      first = !everReady && !closing;
      everReady = true;
      if (first) {
        training = AotTraining.begin(spec);
      }
    } finally {
      lock.unlock();
    }
    LOG.log(DEBUG, "{0} is ready", slot);
  }

  // Ending.

  /// A worker retires, and a new one takes its place while it finishes what it has.
  void replace(ProcessSlot slot, String reason) {
    LOG.log(DEBUG, "{0} is replaced: {1}", slot, reason);
    slot.tellRecycled(reason);
    lock.lock();
    try {
      active.remove(slot);
    } finally {
      lock.unlock();
    }
    startMissing();
  }

  /// A worker is to be replaced, and goes on until there is one to take its place: a spare, or a
  /// new one that starts now.
  void relieve(ProcessSlot slot) {
    boolean now;
    lock.lock();
    try {
      if (closing || hopeless || !active.contains(slot)) {
        return;
      }
      now = spares.stream().anyMatch(ProcessSlot::isStandingBy);
      if (!now) {
        active.add(started(newSlot().after(slot)));
      }
    } catch (OutOfMemoryError e) { // no thread to be had now
      slot.watchAge();
      return;
    } finally {
      lock.unlock();
    }
    if (now) {
      slot.recycle("it is old");
    }
  }

  /// A worker was to take the place of another one, which had gone by itself: whether there is no
  /// place left for it.
  boolean isSurplus(ProcessSlot slot) {
    lock.lock();
    try {
      return active.size() > wanted && active.remove(slot);
    } finally {
      lock.unlock();
    }
  }

  /// Whether a worker may end because it has nothing to do. Asked by the timer's thread only, so
  /// that no two workers are told so for one place.
  boolean maySpare(ProcessSlot slot) {
    lock.lock();
    try {
      return active.contains(slot) && active.size() > config.leastWorkers();
    } finally {
      lock.unlock();
    }
  }

  /// A worker ends because it has had nothing to do. The next task starts another one.
  void idled(ProcessSlot slot) {
    LOG.log(DEBUG, "{0} ends: it has had nothing to do", slot);
    slot.tellRecycled("it has had nothing to do");
    lock.lock();
    try {
      active.remove(slot);
      wanted--;
    } finally {
      lock.unlock();
    }
    scheduler().add(absentWorker());
    scheduler().wakeOne(); // for what came in meanwhile
  }

  private void startAnother() {
    lock.lock();
    try {
      wanted++;
    } finally {
      lock.unlock();
    }
    startMissing();
  }

  private boolean noneIsUp() {
    return active.stream().allMatch(ProcessSlot::isStarting);
  }

  /// Whether so many have failed to start that the next one will as well.
  private boolean isHopeless() {
    return startFailures >= MOST_START_FAILURES || (!everReady && active.isEmpty());
  }

  /// A worker is dead or dying, and not buried yet.
  ///
  /// @param failure why it never came up, or null
  /// @param early whether it died right after it had come up, with nothing done
  void ending(ProcessSlot slot, @Nullable StartFailure failure, boolean early) {
    long retry = 0;
    WorkerStartException reason = null;
    lock.lock();
    try {
      active.remove(slot);
      spares.remove(slot);
      if (failure != null && !closing) {
        startFailures++;
        if (failure.isFinal() || (noneIsUp() && isHopeless())) {
          wanted = 0;
          hopeless = true;
          reason = failure.error();
        }
        retry = RETRY_NANOS << Math.min(startFailures, MOST_DOUBLINGS);
      }
      if (failure == null && !closing) {
        earlyDeaths = early ? earlyDeaths + 1 : 0;
        // The first may be anybody's kill; if they go on dying, slower and slower.
        retry = earlyDeaths < 2 ? 0 : RETRY_NANOS << Math.min(earlyDeaths, MOST_DOUBLINGS);
      }
    } finally {
      lock.unlock();
    }
    if (reason != null) {
      scheduler().fail(reason);
    } else if (retry > 0) {
      var _ = Deadlines.after(retry, this::startMissing);
    } else {
      startMissing();
    }
  }

  /// A worker is buried.
  void ended(ProcessSlot slot) {
    boolean last;
    lock.lock();
    try {
      alive.remove(slot);
      last = closing && alive.isEmpty();
    } finally {
      lock.unlock();
    }
    if (last) {
      finish();
    }
  }

  @Override
  public void stop() {
    List<ProcessSlot> left;
    lock.lock();
    try {
      closing = true;
      left = List.copyOf(alive);
    } finally {
      lock.unlock();
    }
    left.forEach(ProcessSlot::close);
    if (left.isEmpty()) {
      finish();
    }
  }

  private void finish() {
    if (finished.compareAndSet(false, true)) {
      AotTraining begun = training;
      if (begun != null) {
        begun.close();
      }
      store.close();
      spec.directory().removeOnShutdown(onShutdown);
      spec.directory().release();
      scheduler().terminated();
    }
  }

  @Override
  public void stopRunning() {
    slotsNow().forEach(ProcessSlot::stopRunning);
  }

  /// This JVM is ending.
  private void killAll() {
    lock.lock();
    try {
      closing = true;
    } finally {
      lock.unlock();
    }
    slotsNow().forEach(ProcessSlot::kill);
  }
}
