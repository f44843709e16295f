package dev.telar.cli;

import dev.telar.cli.measure.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/// A progress bar on standard error, with rate and time left, that comes when the work has taken a
/// second and vanishes when it is done; nothing if that is no terminal.
final class ProgressLine implements Progress, AutoCloseable {

  private static final int WIDTH = 79;
  private static final int INTERVAL_MILLIS = 200;
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final String title;
  private final boolean isSeen;
  private final long opened = System.nanoTime();
  private @Nullable ProgressBar bar;

  private ProgressLine(String title, boolean isSeen) {
    this.title = title;
    this.isSeen = isSeen;
  }

  static ProgressLine open(String title) {
    return new ProgressLine(title, errorIsTerminal());
  }

  @Override
  public void items(long done, long total) {
    if (bar == null && isSeen && System.nanoTime() - opened > PATIENCE_NANOS && done < total) {
      bar = bar(done, total);
    }
    if (bar != null) {
      bar.maxHint(total);
      bar.stepTo(done);
    }
  }

  private ProgressBar bar(long done, long total) {
    return new ProgressBarBuilder()
        .setTaskName(title)
        .setInitialMax(total)
        .startsFrom(done, Duration.ofNanos(System.nanoTime() - opened))
        .setStyle(ProgressBarStyle.ASCII)
        .setUpdateIntervalMillis(INTERVAL_MILLIS)
        .clearDisplayOnFinish()
        .showSpeed()
        // A width of its own: asking the terminal loads a native library, with warnings.
        .setConsumer(new ConsoleProgressBarConsumer(System.err, WIDTH))
        .build();
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
    }
  }

  /// Java tells only of standard input and output together; Linux shows each by itself.
  private static boolean errorIsTerminal() {
    try {
      String target = Files.readSymbolicLink(Path.of("/proc/self/fd/2")).toString();
      return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty");
    } catch (IOException | UnsupportedOperationException e) {
      // Never null since Java 22, but annotated as if it could be.
      return Objects.requireNonNull(System.console()).isTerminal();
    }
  }
}
