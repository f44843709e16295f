package dev.telar.internal.scheduling;

import dev.telar.TaskTimeoutException;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A job has exceeded one of its time limits, and what is found out about it then. Thread-safe.
public final class Expiry {

  private static final StackTraceElement[] NONE = {};

  private final Duration limit;
  private final String rule;
  private final int item;
  private String where = "";
  private volatile StackTraceElement @Nullable [] stack;
  private volatile String noStackReason = "its worker did not answer in time";

  private Expiry(Duration limit, String rule, int item) {
    this.limit = limit;
    this.rule = rule;
    this.item = item;
  }

  static Expiry ofTime(Duration limit, int item) {
    return new Expiry(limit, "ran longer than its limit of " + text(limit), item);
  }

  static Expiry ofProgress(Duration limit, int item) {
    return new Expiry(limit, "reported no progress within its limit of " + text(limit), item);
  }

  /// Which item of a chunk it was, from 0.
  public int item() {
    return item;
  }

  private static String text(Duration limit) {
    return limit.toString().substring(2).toLowerCase(Locale.ROOT);
  }

  /// In which worker, and in which attempt, the job was at its limit. Before others know of this.
  void in(@Nullable String worker, int attempt) {
    String in = worker == null ? "" : " in " + worker;
    where = attempt == 1 ? in : in + ", attempt " + attempt;
  }

  /// Where the job was at its limit.
  public void stack(StackTraceElement[] frames) {
    stack = frames;
  }

  /// Why nobody knows where the job was, unless somebody does in the end.
  public void noStack(String reason) {
    noStackReason = reason;
  }

  TaskTimeoutException error(String name) {
    StackTraceElement[] frames = stack;
    return frames == null
        ? new TaskTimeoutException(name + " " + rule + where, limit, NONE, noStackReason)
        : new TaskTimeoutException(name + " " + rule + where, limit, frames, null);
  }
}
