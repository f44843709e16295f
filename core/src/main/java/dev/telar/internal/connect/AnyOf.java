package dev.telar.internal.connect;

import dev.telar.Waitable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Waits for the first of several things.
public final class AnyOf {
  private AnyOf() {}

  /// Those that are ready, once there is one.
  public static <W extends Waitable> List<W> await(
      Collection<? extends W> several, Duration timeout) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    long nanos = TimeUnit.NANOSECONDS.convert(timeout);
    long start = System.nanoTime();
    while (true) {
      List<W> ready = ready(several);
      long left = nanos - (System.nanoTime() - start);
      if (!ready.isEmpty() || several.isEmpty() || left <= 0) {
        return ready;
      }
      var wait = new Readiness.Wait();
      var registrations = new ArrayList<Runnable>(several.size());
      try {
        for (Waitable each : several) {
          registrations.add(each.onReady(wait));
        }
        wait.await(left);
      } finally {
        registrations.forEach(Runnable::run);
      }
    }
  }

  private static <W extends Waitable> List<W> ready(Collection<? extends W> several) {
    var ready = new ArrayList<W>();
    for (W each : several) {
      if (each.isReady()) {
        ready.add(each);
      }
    }
    return ready;
  }
}
