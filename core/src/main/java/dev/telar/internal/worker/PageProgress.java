package dev.telar.internal.worker;

import dev.telar.internal.progress.ProgressSink;
import dev.telar.internal.wire.StatusPage;

/// Puts the reports of the job that a job thread runs on the status page.
final class PageProgress implements ProgressSink {

  private static final int NONE = -1;

  private final StatusPage page;
  private volatile int entry = NONE;

  PageProgress(StatusPage page) {
    this.page = page;
  }

  /// A job has been claimed, or has ended.
  ///
  /// @param current its entry on the page
  void begin(int current) {
    entry = current;
  }

  void end() {
    entry = NONE;
  }

  @Override
  public void report(long done, long total) {
    int current = entry;
    if (current != NONE) {
      page.progress(current, done, total);
    }
  }
}
