package dev.telar.cli;

import dev.telar.cli.measure.LiveJvms;
import dev.telar.cli.measure.MeasuringException;
import dev.telar.cli.work.InputException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/// What went wrong, as one line and an exit code: 2 for what the user gave, 1 for everything else.
///
/// @param message one line that says what is wrong and what to do
/// @param exitCode the exit code
/// @param cause the exception behind it
record Failure(String message, int exitCode, Throwable cause) {

  /// What a shell shows for a program that was ended by Ctrl-C.
  static final int INTERRUPTED = 130;

  /// What a shell shows for a program whose reader went away.
  static final int BROKEN_PIPE = 141;

  /// The exit code for input that cannot be used, and for wrong usage.
  static final int USAGE = 2;

  private static final Duration SETTLING = Duration.ofMillis(200);
  private static final int LISTED = 20;
  private static final String TRACE = "TELAR_TRACE";

  static Failure of(Throwable thrown) {
    Throwable cause = thrown;
    while (cause.getCause() != null && isWrapper(cause)) {
      cause = cause.getCause();
    }
    return switch (cause) {
      case InputException e -> new Failure(line(e), USAGE, e);
      case MeasuringException e -> new Failure(line(e), e.exitCode(), e);
      case BrokenPipeException e -> new Failure(line(e), BROKEN_PIPE, e);
      default -> new Failure(unexpected(cause), 1, cause);
    };
  }

  /// Tells the user, unless there is nobody to tell or nothing new: after Ctrl-C, or when the
  /// reader of the output has gone.
  ///
  /// @return the exit code
  int report() {
    // What fails may be the first to hear a Ctrl-C that this JVM is about to hear.
    boolean endsAnyway =
        exitCode == USAGE ? LiveJvms.isShuttingDown() : LiveJvms.isShuttingDownWithin(SETTLING);
    if (endsAnyway) {
      Main.waitForTheEnd();
    }
    if (exitCode != INTERRUPTED && exitCode != BROKEN_PIPE) {
      System.err.println("telar: " + message);
      traceIfAsked();
    }
    return exitCode;
  }

  /// Tells the user of items that failed while the rest went on.
  ///
  /// @param items a line for each
  /// @return the exit code
  static int list(List<String> items) {
    items.stream().limit(LISTED).forEach(item -> System.err.println("telar: failed: " + item));
    if (items.size() > LISTED) {
      System.err.println("telar: failed: " + (items.size() - LISTED) + " more");
    }
    return items.isEmpty() ? 0 : 1;
  }

  /// Prints the stack trace if the environment asks for it.
  void traceIfAsked() {
    if (System.getenv(TRACE) != null) {
      cause.printStackTrace();
    }
  }

  private static boolean isWrapper(Throwable thrown) {
    return thrown instanceof ExecutionException
        || thrown instanceof CompletionException
        || thrown instanceof UncheckedIOException;
  }

  private static String unexpected(Throwable cause) {
    return line(cause) + " (" + cause.getClass().getSimpleName() + "; " + TRACE + "=1 shows where)";
  }

  private static String line(Throwable thrown) {
    @Nullable String message = thrown.getMessage();
    return message == null || message.isBlank()
        ? "failed"
        : message.lines().findFirst().orElseThrow();
  }
}
