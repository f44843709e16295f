package dev.telar;

import java.io.Serializable;
import java.util.Objects;
import java.util.concurrent.CompletionException;

/// A computation without a result that may run in another JVM: a [Runnable] that is [Serializable]
/// and may throw checked exceptions.
@FunctionalInterface
@SuppressWarnings("FunctionalInterfaceMethodChanged") // meant: act() may throw, run() may not
public interface Action extends Runnable, Serializable {

  /// Does the work.
  ///
  /// @throws Exception if the work fails; the future of the action then fails with it
  void act() throws Exception;

  /// Does the work for callers that know only [Runnable].
  ///
  /// @throws CompletionException around a checked exception of [#act()]; unchecked exceptions and
  ///   errors pass as they are
  @Override
  default void run() {
    try {
      act();
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      if (e instanceof InterruptedException) {
        Thread.currentThread().interrupt();
      }
      throw new CompletionException(e);
    }
  }

  /// Types a lambda as an action, for APIs that know only [Runnable].
  ///
  /// @param action the work
  /// @return `action` itself
  static Action of(Action action) {
    return Objects.requireNonNull(action, "action");
  }
}
