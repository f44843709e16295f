package dev.telar.internal.threads;

import dev.telar.Task;
import dev.telar.internal.scheduling.Callbacks;
import dev.telar.internal.scheduling.Engine;
import dev.telar.internal.state.StateInstances;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// What both engines of this JVM have in common: nothing has to be packed, and states are at hand.
abstract class LocalEngine implements Engine {

  private final Set<StateInstances> states = ConcurrentHashMap.newKeySet();

  @Override
  public final Object pack(Object task) {
    return task;
  }

  @Override
  public final Object packFunction(Object function, Object users) {
    return function;
  }

  @Override
  public final @Nullable Object packItem(@Nullable Object item) {
    return item;
  }

  @Override
  public final Object packState(Task<?> initializer) {
    StateInstances state = instances(initializer);
    states.add(state);
    return state;
  }

  /// What one initializer makes for the threads of this engine.
  abstract StateInstances instances(Task<?> initializer);

  @Override
  public final void release(Object packed) {
    if (packed instanceof StateInstances state) {
      states.remove(state);
      if (!state.isEmpty()) {
        Callbacks.runUntrusted(state::end);
      }
    }
  }

  /// The current thread will run no more tasks: closes its states.
  final void endOwnStates() {
    states.forEach(StateInstances::endOwn);
  }

  /// No task will run any more.
  final void endStates() {
    states.forEach(StateInstances::end);
  }

  /// Whether there may be states to be closed.
  final boolean hasStates() {
    return !states.isEmpty();
  }
}
