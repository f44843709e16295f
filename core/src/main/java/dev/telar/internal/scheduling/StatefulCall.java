package dev.telar.internal.scheduling;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/// Something of the user's that is called with a state: a [dev.telar.StatefulTask] or a
/// [dev.telar.StatefulFunction]. It is a `Callable` because a task has a result.
///
/// @param state the state
/// @param target the task or function
public record StatefulCall(WorkerState state, Object target) implements Callable<@Nullable Object> {

  /// Engines know what to do with one.
  @Override
  public @Nullable Object call() {
    throw new IllegalStateException("a task with a state runs in its pool only");
  }
}
