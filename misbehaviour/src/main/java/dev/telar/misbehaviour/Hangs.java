package dev.telar.misbehaviour;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/// Ways of never returning.
final class Hangs {

  private static final Duration EVER = Duration.ofDays(365);

  private Hangs() {}

  static @Nullable Object sleep() throws InterruptedException {
    Thread.sleep(EVER);
    return null;
  }

  static @Nullable Object spin() {
    for (long i = 1; i != 0; i |= 1) {
      Thread.onSpinWait();
    }
    return null;
  }

  static @Nullable Object swallowInterrupts() {
    while (true) {
      try {
        Thread.sleep(EVER);
      } catch (InterruptedException e) {
        // that is the accident
      }
    }
  }

  static @Nullable Object blockInNativeCode() {
    while (true) {
      Native.pause();
    }
  }

  static @Nullable Object blockEverySafepoint() {
    while (true) {
      Native.pauseCritical();
    }
  }

  static @Nullable Object deadlock() throws InterruptedException {
    var left = new Object();
    var right = new Object();
    var both = new CountDownLatch(2);
    Thread.ofPlatform().daemon().name("other-half").start(() -> lockInOrder(right, left, both));
    lockInOrder(left, right, both);
    return null;
  }

  private static void lockInOrder(Object first, Object second, CountDownLatch both) {
    synchronized (first) {
      both.countDown();
      while (both.getCount() > 0) {
        Thread.onSpinWait();
      }
      synchronized (second) {
        both.countDown(); // never: the other has it, and waits for ours
      }
    }
  }
}
