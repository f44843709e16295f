package dev.telar.internal.process;

import dev.telar.CrashCause;
import dev.telar.internal.scheduling.Callbacks;
import dev.telar.internal.system.MemoryWatch;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Holds one worker, with all that it has started, to a limit on memory. Called by the one thread
/// that watches all workers: what takes time is done elsewhere.
final class MemoryGuard implements MemoryWatch.Watched {

  /// What the workers of a pool may take, in bytes.
  ///
  /// @param hard where they are killed; 0 for nowhere
  /// @param soft where they are replaced; 0 for nowhere
  record Limits(long hard, long soft) {}

  private static final long MIB = 1 << 20;

  private final WorkerProcess worker;
  private final Limits limits;
  private final Consumer<Kill> killer;
  private final Consumer<String> onSoft;
  private long peak;
  private boolean killed;

  private MemoryGuard(
      WorkerProcess worker, Limits limits, Consumer<Kill> killer, Consumer<String> onSoft) {
    this.worker = worker;
    this.limits = limits;
    this.killer = killer;
    this.onSoft = onSoft;
  }

  /// Begins to watch a worker, if there is a limit.
  ///
  /// @param killer kills the worker, in a thread that may take its time
  /// @param onSoft is told, more than once, that the soft limit is exceeded
  static @Nullable MemoryGuard of(
      WorkerProcess worker, Limits limits, Consumer<Kill> killer, Consumer<String> onSoft) {
    if (limits.hard == 0 && limits.soft == 0) {
      return null;
    }
    var guard = new MemoryGuard(worker, limits, killer, onSoft);
    MemoryWatch.add(guard);
    return guard;
  }

  void end() {
    MemoryWatch.remove(this);
  }

  @Override
  public long pid() {
    return worker.pid();
  }

  @Override
  public boolean measured(long bytes) {
    peak = Math.max(peak, bytes);
    if (limits.hard > 0 && bytes > limits.hard && !killed) {
      var kill =
          new Kill(
              CrashCause.LIMIT_EXCEEDED,
              "it took "
                  + text(bytes)
                  + " of memory with what it had started, and its limit is "
                  + text(limits.hard),
              new Kill.MemoryUse(limits.hard, peak));
      Callbacks.runUntrusted(() -> killer.accept(kill));
      killed = true; // now: if there was no thread for it, the next look tries again
    } else if (limits.soft > 0 && bytes > limits.soft) {
      // asked again and again: while it has done nothing yet it is not replaced
      Callbacks.runUntrusted(
          () -> onSoft.accept("it takes " + text(bytes) + " of memory, more than its soft limit"));
    }
    long nearest = limits.hard > 0 ? limits.hard : limits.soft;
    return bytes > nearest / 2;
  }

  private static String text(long bytes) {
    return (bytes + MIB - 1) / MIB + " MiB";
  }
}
