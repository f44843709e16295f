package dev.telar.internal.codec;

import dev.telar.TaskNotSerializableException;
import java.io.NotSerializableException;

/// Words for a value that could not be written: where in it the culprit is, and what to do.
final class SerializationFailure {
  private SerializationFailure() {}

  static TaskNotSerializableException tooDeep(Object value) {
    String path = TypeNames.brief(value);
    return new TaskNotSerializableException(
        path
            + ": the object graph is too deep for this thread's stack (a long linked structure?)."
            + " Pass its elements in an array or an ArrayList.",
        path,
        null);
  }

  /// Explains what `thrown` says about `value`, by a second and slower walk.
  static TaskNotSerializableException of(Object value, Throwable thrown) {
    Culprit culprit = SerializationPath.find(value);
    if (culprit == null) {
      return unexplained(value, thrown);
    }
    boolean refused = culprit.reason() == null;
    String path = culprit.path();
    String message = path + culprit.complaint() + " " + Advice.on(culprit);
    return new TaskNotSerializableException(message, path, refused ? null : culprit.reason());
  }

  /// The walk found nothing: the graph is huge, or was changed meanwhile by another thread.
  private static TaskNotSerializableException unexplained(Object value, Throwable thrown) {
    String path = TypeNames.brief(value);
    String message =
        thrown instanceof NotSerializableException
            ? path + " holds something that is not Serializable: " + thrown.getMessage() + "."
            : path + " could not be written: " + Throwables.describe(thrown) + ".";
    return new TaskNotSerializableException(
        message + " Capture only what the task needs.", path, thrown);
  }
}
