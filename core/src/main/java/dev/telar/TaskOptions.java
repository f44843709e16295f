package dev.telar;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// How tasks are to be run, for [Pool#with(TaskOptions)]. Immutable: each method returns a changed
/// copy. What is not set is left to the pool (or to the view that it is laid over).
///
/// ```java
/// pool.with(TaskOptions.defaults().timeout(Duration.ofSeconds(5)).retries(2)).map(Parser::parse, files);
/// ```
public final class TaskOptions {

  private enum Option {
    NAME,
    TIMEOUT,
    PROGRESS_TIMEOUT,
    RETRIES,
    RETRY_ON,
    BACKOFF,
    CHUNK_SIZE,
    WINDOW
  }

  private static final Set<CrashCause> ALL_CAUSES = Set.of(CrashCause.values());

  private static final TaskOptions DEFAULTS = new TaskOptions(Map.of());

  private final Map<Option, Object> set;

  private TaskOptions(Map<Option, Object> set) {
    this.set = Map.copyOf(set);
  }

  private TaskOptions with(Option option, Object value) {
    var changed = new EnumMap<Option, Object>(Option.class);
    changed.putAll(set);
    changed.put(option, value);
    return new TaskOptions(changed);
  }

  private <T> @Nullable T get(Option option, Class<T> type) {
    return type.cast(set.get(option));
  }

  private int number(Option option) {
    Integer number = get(option, Integer.class);
    return number == null ? 0 : number;
  }

  /// Nothing set.
  ///
  /// @return the empty options
  public static TaskOptions defaults() {
    return DEFAULTS;
  }

  /// Names the tasks, for error messages.
  ///
  /// @param name any text
  /// @return the changed copy
  public TaskOptions name(String name) {
    return with(Option.NAME, Objects.requireNonNull(name, "name"));
  }

  /// Limits how long a task may run, counted from its start in the worker on a monotonic clock, not
  /// from submission. In a `map` or stream each item has this much time. The items of streams and
  /// of [Pool#outcomes()] then travel one by one unless a chunk size is set, because a worker that
  /// is killed for an item loses the results of those before it in the same chunk; a `map`, which
  /// ends with the first failure anyway, keeps its chunks.
  ///
  /// At the limit the task is interrupted. On processes a task that does not end within the grace
  /// period of the pool is killed together with its worker and all that it has started; the future
  /// fails with [TaskTimeoutException] when the task has ended. On threads nothing can be killed:
  /// the future fails at the limit, and the thread stays occupied until the task returns. The stack
  /// trace of the exception is where the task was at that moment.
  ///
  /// A task that waits in a worker, not started, does not use its time up: not even in one that
  /// somebody has stopped (SIGSTOP), which is replaced, and the task goes elsewhere.
  ///
  /// Where several tasks run in one worker, those beside a task that had to be killed are run again
  /// elsewhere if their [#retries(int)] allow it; else they fail with [WorkerCrashedException].
  ///
  /// @param timeout the limit, positive
  /// @return the changed copy
  /// @throws IllegalArgumentException if `timeout` is not positive
  public TaskOptions timeout(Duration timeout) {
    if (!timeout.isPositive()) {
      throw new IllegalArgumentException("timeout must be positive, not " + timeout);
    }
    return with(Option.TIMEOUT, timeout);
  }

  /// Limits how long a running task may go without a call of [Progress#report(long, long)], counted
  /// from its start and then from each report. It finds a task that hangs sooner than a limit on
  /// the whole time, which must allow for the longest one; both may be set. What happens at the
  /// limit is the same as with [#timeout(Duration)].
  ///
  /// @param timeout the limit, positive
  /// @return the changed copy
  /// @throws IllegalArgumentException if `timeout` is not positive
  public TaskOptions progressTimeout(Duration timeout) {
    if (!timeout.isPositive()) {
      throw new IllegalArgumentException("progressTimeout must be positive, not " + timeout);
    }
    return with(Option.PROGRESS_TIMEOUT, timeout);
  }

  /// How many more times a task is run after its worker process died under it; 0 by default. Only
  /// the death of a worker is retried, never an exception, and never a task that was cancelled or
  /// timed out. With retries a task may run more than once: it should be idempotent.
  ///
  /// A task that has killed `retries + 1` workers is not run again: it fails with the last
  /// [WorkerCrashedException], whose [WorkerCrashedException#earlierCrashes()] are the others. So a
  /// bad task costs a bounded number of workers.
  ///
  /// In a `map` or `stream` a worker that dies takes the results of its chunk along. The item that
  /// was running is run again alone, as often as said here; the items before it in the same chunk,
  /// whose results were lost, are run again one by one if any retries are allowed; those after it
  /// had not been started and go elsewhere in any case.
  ///
  /// @param retries the number of further attempts, 0 or more
  /// @return the changed copy
  /// @throws IllegalArgumentException if `retries` is negative
  public TaskOptions retries(int retries) {
    if (retries < 0) {
      throw new IllegalArgumentException("retries must be 0 or more, not " + retries);
    }
    return with(Option.RETRIES, retries);
  }

  /// Which deaths of a worker are followed by a retry, if [#retries(int)] allows any; all by
  /// default. For instance, to try again what was killed from outside, and not what crashes by
  /// itself: `retryOn(Set.of(CrashCause.KILLED, CrashCause.KILLED_FOR_MEMORY))`. A task that has
  /// exceeded its time limit, or had no memory left itself ([TaskOutOfMemoryException]), is never
  /// retried; [CrashCause#OUT_OF_MEMORY] stands for those that ran beside it.
  ///
  /// @param causes the causes that are worth another attempt
  /// @return the changed copy
  public TaskOptions retryOn(Set<CrashCause> causes) {
    return with(Option.RETRY_ON, Set.copyOf(causes));
  }

  /// How long to wait before a retry; not at all by default. A [Pool#close()] waits for it, a
  /// cancellation ends it.
  ///
  /// @param backoff the waits
  /// @return the changed copy
  public TaskOptions backoff(Backoff backoff) {
    return with(Option.BACKOFF, Objects.requireNonNull(backoff, "backoff"));
  }

  /// Fixes how many items of a `map` or `stream` are sent to a worker at once. By default chunks
  /// are sized by the measured time of the items: small first, some milliseconds long, and small
  /// again towards the end.
  ///
  /// @param items the number of items in a chunk, 1 or more
  /// @return the changed copy
  /// @throws IllegalArgumentException if `items` is not positive
  public TaskOptions chunkSize(int items) {
    if (items < 1) {
      throw new IllegalArgumentException("chunkSize must be 1 or more, not " + items);
    }
    return with(Option.CHUNK_SIZE, items);
  }

  /// Bounds how many items of a `stream` may have been taken from the input and not yet been
  /// delivered. By default it follows the chunk size: four chunks for each worker.
  ///
  /// @param items the number of items, 1 or more
  /// @return the changed copy
  /// @throws IllegalArgumentException if `items` is not positive
  public TaskOptions window(int items) {
    if (items < 1) {
      throw new IllegalArgumentException("window must be 1 or more, not " + items);
    }
    return with(Option.WINDOW, items);
  }

  /// Lays these options over others: what is set here wins.
  ///
  /// @param base the options below
  /// @return the combination
  public TaskOptions over(TaskOptions base) {
    var both = new EnumMap<Option, Object>(Option.class);
    both.putAll(base.set);
    both.putAll(set);
    return new TaskOptions(both);
  }

  /// The name that was set.
  ///
  /// @return the name, or null
  public @Nullable String name() {
    return get(Option.NAME, String.class);
  }

  /// The time limit that was set.
  ///
  /// @return the limit, or null
  public @Nullable Duration timeout() {
    return get(Option.TIMEOUT, Duration.class);
  }

  /// The limit on the time without progress that was set.
  ///
  /// @return the limit, or null
  public @Nullable Duration progressTimeout() {
    return get(Option.PROGRESS_TIMEOUT, Duration.class);
  }

  /// Whether a task is watched by a clock.
  ///
  /// @return whether there is a limit on its time, or on its time without progress
  public boolean isTimed() {
    return timeout() != null || progressTimeout() != null;
  }

  /// The number of further attempts.
  ///
  /// @return 0 if none was set
  public int retries() {
    return number(Option.RETRIES);
  }

  /// The causes of death that are followed by a retry.
  ///
  /// @return an unmodifiable set; all causes if none were set
  @SuppressWarnings("unchecked") // only retryOn puts it there
  public Set<CrashCause> retryOn() {
    Set<CrashCause> causes = get(Option.RETRY_ON, Set.class);
    return causes == null ? ALL_CAUSES : causes;
  }

  /// The wait before a retry.
  ///
  /// @return [Backoff#none()] if none was set
  public Backoff backoff() {
    Backoff backoff = get(Option.BACKOFF, Backoff.class);
    return backoff == null ? Backoff.none() : backoff;
  }

  /// The fixed chunk size.
  ///
  /// @return the number of items, or 0 if chunks are sized by measured time
  public int chunkSize() {
    return number(Option.CHUNK_SIZE);
  }

  /// The fixed window.
  ///
  /// @return the number of items, or 0 if the window follows the chunk size
  public int window() {
    return number(Option.WINDOW);
  }

  @Override
  public String toString() {
    return "TaskOptions" + new TreeMap<>(set);
  }
}
