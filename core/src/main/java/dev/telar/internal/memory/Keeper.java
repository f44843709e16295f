package dev.telar.internal.memory;

import java.io.IOException;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// The thread that tells the waiting threads of this JVM what other processes did in an arena: it
/// waits for its bell ([Bells]) while any of them is in the [ParkingLot].
final class Keeper implements Runnable {
  private static final long POLL_NANOS = 1_000_000;

  private final ParkingLot lot;
  private final SharedArena arena;
  private @Nullable BellSocket socket;
  private boolean socketFailed;

  private Keeper(ParkingLot lot) {
    this.lot = lot;
    this.arena = lot.arena();
  }

  static Thread start(ParkingLot lot) {
    var thread = new Thread(null, new Keeper(lot), "telar-bell", 0, false);
    thread.setDaemon(true);
    thread.setContextClassLoader(null);
    thread.start();
    return thread;
  }

  @Override
  public void run() {
    long poked = System.nanoTime();
    try {
      while (lot.awaitOccupied(this::closeBell)) {
        long left = WaitPoint.SLICE_NANOS - (System.nanoTime() - poked);
        if (left > 0) {
          awaitRing(left);
        } else {
          poked = System.nanoTime();
          lot.poke();
        }
        lot.wakeSignalled();
      }
    } finally {
      closeBell();
      lot.keeperEnded(Thread.currentThread());
    }
  }

  /// Before there can be another keeper: its bell has the same path.
  private void closeBell() {
    if (socket != null) {
      socket.close();
      socket = null;
    }
  }

  private void awaitRing(long nanos) {
    if (WaitMode.current().isNative() && !arena.header().needsSocketBells()) {
      Participants participants = arena.participants();
      int rings = participants.rings();
      lot.wakeSignalled(); // for rings until now
      Futex.sleep(participants.table(), participants.bellOffset(participants.self()), rings, nanos);
      return;
    }
    try {
      if (socket == null && !socketFailed) {
        socket = new BellSocket(arena);
        lot.wakeSignalled(); // who rang before there was a bell
      }
      if (socket != null) {
        socket.await(nanos);
        return;
      }
    } catch (IOException e) {
      socketFailed = true; // no room for a socket, or the arena's directory is gone
    }
    LockSupport.parkNanos(Math.min(nanos, POLL_NANOS));
  }
}
