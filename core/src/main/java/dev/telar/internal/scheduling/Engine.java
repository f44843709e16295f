package dev.telar.internal.scheduling;

import dev.telar.Capabilities;
import dev.telar.Task;
import dev.telar.TaskNotSerializableException;
import dev.telar.WorkerStats;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a pool runs its tasks on: makes slots, and makes tasks fit for them.
public interface Engine {

  /// What the pool may tell about this engine.
  Capabilities capabilities();

  /// Makes a task fit to be run, in the thread that submits it: user code may run. The task may be
  /// a [StatefulCall].
  ///
  /// @throws TaskNotSerializableException if it cannot travel
  Object pack(Object task);

  /// Makes a function fit to be run many times, which may be a wrapper around the user's own, or a
  /// [StatefulCall]. The result is passed to [#release(Object)] when it is not needed any more.
  ///
  /// @throws TaskNotSerializableException if it cannot travel
  Object packFunction(Object function, Object users);

  /// Makes the initializer of a state fit to be run where tasks run. The result is passed to
  /// [#release(Object)] when it is not needed any more.
  ///
  /// @throws TaskNotSerializableException if it cannot travel
  Object packState(Task<?> initializer);

  /// Forgets a function, or a state. May be called in any thread, a cleaner's included: runs no
  /// user code there.
  default void release(Object packed) {}

  /// Makes an argument of a packed function fit to travel, in the thread that brings it.
  ///
  /// @throws TaskNotSerializableException if it cannot travel
  @Nullable Object packItem(@Nullable Object item);

  /// Whether items are worth to be sent in chunks of several.
  boolean chunks();

  /// Makes the slots. Called once.
  void start(Scheduler scheduler);

  /// Ends the slots, which have nothing to do any more, and calls [Scheduler#terminated()] when the
  /// last one has ended. Called once; does not block.
  void stop();

  /// Stops what runs, by force where the engine can.
  void stopRunning();

  /// What its threads or processes are doing.
  default List<WorkerStats> workers() {
    return List.of();
  }

  /// Where the tasks are that run now. Takes no longer than a worker may take to answer.
  default List<TaskStack> stacks() {
    return List.of();
  }

  /// Whether the current thread is one of this engine's that would wait for itself in `close`.
  default boolean isOwnThread() {
    return false;
  }
}
