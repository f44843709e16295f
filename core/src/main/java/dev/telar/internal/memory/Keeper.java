package dev.telar.internal.memory;

import java.util.concurrent.locks.LockSupport;

/// The thread that tells the parked threads of this JVM what other processes did in an arena.
final class Keeper implements Runnable {
  private static final long POLL_NANOS = 1_000_000;

  private final ParkingLot lot;

  private Keeper(ParkingLot lot) {
    this.lot = lot;
  }

  static void start(ParkingLot lot) {
    var thread = new Thread(null, new Keeper(lot), "telar-bell", 0, false);
    thread.setDaemon(true);
    thread.setContextClassLoader(null);
    thread.start();
  }

  @Override
  public void run() {
    long poked = System.nanoTime();
    while (lot.awaitOccupied()) {
      LockSupport.parkNanos(POLL_NANOS);
      lot.wakeSignalled();
      long now = System.nanoTime();
      if (now - poked >= WaitPoint.SLICE_NANOS) {
        poked = now;
        lot.poke();
      }
    }
  }
}
