package dev.telar;

/// How far a task is, as it last told with [Progress#report(long, long)].
///
/// @param done how much is done, in the task's own units
/// @param total how much there is to do; 0 if that is not known
public record TaskProgress(long done, long total) {

  /// The part that is done.
  ///
  /// @return `done / total`, from 0 to 1; 0 if the total is not known
  public double fraction() {
    return total <= 0 ? 0 : Math.clamp((double) done / total, 0.0, 1.0);
  }
}
