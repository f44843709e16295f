package dev.telar;

import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/// A task, an argument or a result cannot travel to another process.
///
/// It is thrown by the call that handed the value over (`submit`, `map`, …), never later: the value
/// is encoded there and then. The message names the path from the value to the culprit and says
/// what to write instead:
///
/// ```text
/// Report.lambda → arg0: Order → Order.connection: java.net.Socket is not Serializable.
/// Open it inside the task, and capture only what is needed to open it (a name, an address).
/// ```
///
/// Nothing was sent: the pool is as it was before the call.
public final class TaskNotSerializableException extends RejectedExecutionException {
  private static final long serialVersionUID = 1L;

  private final String path;

  /// Creates an exception; Telar does this, programs only catch it.
  ///
  /// @param message the path, what is wrong at its end, and what to write instead
  /// @param path the path alone
  /// @param cause what serialization threw, or null if nothing did
  public TaskNotSerializableException(String message, String path, @Nullable Throwable cause) {
    super(message, cause);
    this.path = path;
  }

  /// Returns the way from the value handed over to the object that cannot travel, for instance
  /// `Report.lambda → arg0: Order → Order.connection: java.net.Socket`. Where the way could not be
  /// found, it is the name of the class alone.
  ///
  /// @return the path, never empty
  public String path() {
    return path;
  }
}
