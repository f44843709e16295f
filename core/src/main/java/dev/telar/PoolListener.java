package dev.telar;

/// Is told what happens in a pool; set with `listener(…)` of any builder.
///
/// ```java
/// PoolListener listener =
///     event -> {
///       switch (event) {
///         case PoolEvent.TaskFailed failed -> System.err.println(failed.task() + ": " + failed.error());
///         case PoolEvent.WorkerDied died -> System.err.println(died.death());
///         default -> {}
///       }
///     };
/// ```
///
/// Events come in order, one at a time, on a thread that the pool does not need. A listener that is
/// slow, blocks for ever or throws stalls nobody: 8192 events wait for it, those beyond are dropped
/// and counted ([PoolStats#droppedEvents()]); what it throws is logged, the first time. Each
/// listener has a queue of its own. The last events of a pool may come when its `close` has
/// returned.
@FunctionalInterface
public interface PoolListener {

  /// Something has happened.
  ///
  /// @param event what; with later versions other kinds may come, so have a `default`
  void onEvent(PoolEvent event);
}
