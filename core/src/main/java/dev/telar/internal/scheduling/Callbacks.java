package dev.telar.internal.scheduling;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/// Where user code runs that no pool may wait for.
///
/// Dependent stages of futures run on virtual threads: they may block by the thousand. What may
/// *spin* for ever (a `readObject`) runs on platform threads, because a virtual thread that never
/// parks takes a carrier away from everybody.
public final class Callbacks {

  private static final ExecutorService DECODERS =
      new ThreadPoolExecutor(
          0,
          Integer.MAX_VALUE,
          5,
          TimeUnit.SECONDS,
          new SynchronousQueue<>(),
          Daemons.named("telar-decoder-"));

  private Callbacks() {}

  /// Runs a dependent stage on a virtual thread.
  static void run(Runnable stage) {
    Thread.ofVirtual().name("telar-callback").start(stage);
  }

  /// Runs something of the user's that may never end on a platform thread.
  public static void runUntrusted(Runnable work) {
    DECODERS.execute(work);
  }
}
