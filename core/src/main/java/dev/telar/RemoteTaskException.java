package dev.telar;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.jspecify.annotations.Nullable;

/// Stands for an exception of a worker that could not come back as itself: its class is unknown to
/// this process, or it holds something that cannot be serialized.
///
/// It keeps what a reader of a log needs: the class name, the message, and the stack trace *of the
/// worker*, which [#getStackTrace()] and [#printStackTrace()] show as if it were its own. The
/// causes are `RemoteTaskException`s too. Why the original could not come back is among the
/// [suppressed][#getSuppressed()] exceptions of the outermost one.
public final class RemoteTaskException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String className;
  private final @Nullable String remoteMessage;

  /// Creates an exception; Telar does this, programs only catch it.
  ///
  /// @param className the name of the original's class
  /// @param remoteMessage the original's message, or null if it had none
  /// @param frames the original's stack trace, in the worker
  /// @param cause the original's cause, or null if it had none
  public RemoteTaskException(
      String className,
      @Nullable String remoteMessage,
      StackTraceElement[] frames,
      @Nullable RemoteTaskException cause) {
    super(remoteMessage == null ? className : className + ": " + remoteMessage, cause);
    this.className = className;
    this.remoteMessage = remoteMessage;
    setStackTrace(frames);
  }

  /// Returns the name of the class that was thrown in the worker, as of [Class#getName()].
  ///
  /// @return the class name of the original exception
  public String className() {
    return className;
  }

  /// Returns the message of the exception that was thrown in the worker, without its class name
  /// (which [#getMessage()] puts in front of it).
  ///
  /// @return the original's message, or null if it had none
  public @Nullable String remoteMessage() {
    return remoteMessage;
  }

  /// Returns the worker's stack trace, with those of the causes, as text.
  ///
  /// @return what [#printStackTrace()] prints
  public String remoteTrace() {
    var text = new StringWriter();
    printStackTrace(new PrintWriter(text, true));
    return text.toString();
  }

  /// Leaves the stack trace alone: that of this process says nothing about the failure.
  ///
  /// @return this
  @Override
  public Throwable fillInStackTrace() {
    return this;
  }
}
