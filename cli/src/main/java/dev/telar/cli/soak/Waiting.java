package dev.telar.cli.soak;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Waits for things to go away.
final class Waiting {

  private static final long POLL_MILLIS = 20;

  /// Tells what is still there.
  interface Look {
    List<String> now() throws IOException;
  }

  private Waiting() {}

  /// Looks until nothing is there.
  ///
  /// @return what is still there after the time
  static List<String> untilEmpty(Duration limit, Look look)
      throws IOException, InterruptedException {
    long deadline = System.nanoTime() + limit.toNanos();
    while (true) {
      List<String> left = look.now();
      if (left.isEmpty() || System.nanoTime() - deadline > 0) {
        return left;
      }
      TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
    }
  }
}
