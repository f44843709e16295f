package dev.telar.internal.memory;

import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// The thread that looks now and then whether the creators of the attached arenas live: for threads
/// that use an object of one and never wait for it. Whoever waits looks by himself, and sooner.
///
/// It looks instead of being told ([ProcessHandle#onExit] would take a thread for each creator, and
/// looks every few seconds, too), and it knows another process of the same id. It exists while
/// there is an arena to look after.
final class CreatorWatch implements Runnable {
  static final long PERIOD_NANOS = 500_000_000;

  private final BooleanSupplier anyLeft;

  private CreatorWatch(BooleanSupplier anyLeft) {
    this.anyLeft = anyLeft;
  }

  /// Starts it.
  ///
  /// @param anyLeft looks, and tells whether there is an arena left; if not, the thread ends
  static void start(BooleanSupplier anyLeft) {
    var thread = new Thread(null, new CreatorWatch(anyLeft), "telar-creators", 0, false);
    thread.setDaemon(true);
    thread.setContextClassLoader(null);
    thread.start();
  }

  @Override
  public void run() {
    do {
      LockSupport.parkNanos(PERIOD_NANOS);
    } while (anyLeft.getAsBoolean());
  }
}
