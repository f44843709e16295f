package dev.telar.internal.scheduling;

import dev.telar.Outcome;
import dev.telar.TaskTimeoutException;
import org.jspecify.annotations.Nullable;

/// Collected results of which one came too late: its item was told to end, did not listen, and
/// ended by itself. It has exceeded its limit as one that had to be killed; those before it have
/// not.
final class LateItem implements ChunkResult {

  private final ChunkResult all;
  private final int late;
  private final TaskTimeoutException error;
  private int position;

  private LateItem(ChunkResult all, int late, TaskTimeoutException error) {
    this.all = all;
    this.late = late;
    this.error = error;
  }

  /// Results in which the late one is a failure.
  ///
  /// @param late its position among them
  static ChunkResult among(ChunkResult all, int late, TaskTimeoutException error) {
    return new LateItem(all, late, error);
  }

  @Override
  public int size() {
    return all.size();
  }

  @Override
  public int failures() {
    return Math.min(all.failures() + 1, size());
  }

  @Override
  public @Nullable Object next() throws Exception {
    Object result = all.next();
    return position++ == late ? new Outcome.Failure<>(error) : result;
  }

  /// What was not started has no failure: it is run elsewhere.
  @Override
  public @Nullable Throwable failure() {
    return null;
  }
}
