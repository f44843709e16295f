package dev.telar.internal.wire;

/// The kinds of frames. Two sockets connect a worker with its parent:
///
/// ```
///             work ──────────────▶  CLASSES STATE FUNCTION FORGET TASK CHUNK WARM_UP
///   parent                                                              worker
///             control ───────────▶  SETUP INTERRUPT CLASS_BYTES SHUTDOWN
///                     ◀───────────  READY REFUSED CLASSES RESULT FAILURE CHUNK_RESULT PREPARING
///                                   LEFTOVERS CLASS_REQUEST STACK OUT_OF_MEMORY
/// ```
///
/// Loans tell where the large values of an answer lie: see `AttachedSegments`.
///
/// On both, the worker's first frame is HELLO. Work has a socket of its own so that an interrupt
/// overtakes it, and so that the parent can write it without ever blocking.
public enum FrameType {
  /// kind of socket (byte), token (utf).
  HELLO,
  /// number of threads (int), upkeep settings, loader (int), initializer or null (value).
  SETUP,
  /// Nothing: the initializer has run.
  READY,
  /// Why the initializer failed (failure).
  REFUSED,
  /// Descriptions of classes that later frames name by number.
  CLASSES,
  /// state (int), loader (int), the initializer (value).
  STATE,
  /// function (int), loader (int), state or 0 (int), the function (value).
  FUNCTION,
  /// function or state (int): will not be used again.
  FORGET,
  /// job (long), entry (int), loader (int), state or 0 (int), the task (value).
  TASK,
  /// job (long), entry (int), function (int), timed (boolean), number of items (int), items
  /// (values).
  CHUNK,
  /// loader (int), a task (value): to be read and run for nothing, so that the first real one finds
  /// what it needs loaded.
  WARM_UP,
  /// job (long), nanoseconds (long), loans, the result (value).
  RESULT,
  /// job (long), nanoseconds (long), loans, whether the worker had no memory (boolean), the error
  /// (failure).
  FAILURE,
  /// job (long), nanoseconds (long), loans, number of results (int), whether a failure follows
  /// (boolean), whether that was for want of memory (boolean), how many of the results are failures
  /// that were collected (int), results (values, or where failures are collected: whether it is one
  /// (boolean), then the value or failure), the error (failure).
  CHUNK_RESULT,
  /// job (long): a state that it needs is being made.
  PREPARING,
  /// job (long), whether the worker claims no more jobs (boolean), number (int) of things that the
  /// job has left behind or that make the worker unfit (utf).
  LEFTOVERS,
  /// Nothing: a thread that a task had started had no memory, the worker is to be replaced.
  OUT_OF_MEMORY,
  /// job (long), whether its stack is wanted (boolean), whether its thread is to be interrupted
  /// (boolean): first the one, then the other, which does not wait long.
  INTERRUPT,
  /// job (long), whether it could be had so far (boolean), the stack of its thread (stack trace).
  STACK,
  /// request (int), loader (int), name of a resource (utf).
  CLASS_REQUEST,
  /// request (int), found (boolean), the bytes.
  CLASS_BYTES,
  /// End in good order.
  SHUTDOWN;

  private static final FrameType[] ALL = values();

  /// The number that stands for this type in a frame.
  @SuppressWarnings("EnumOrdinal") // the order is the protocol, and has a version
  byte code() {
    return (byte) ordinal();
  }

  static FrameType of(int code) throws ProtocolException {
    if (code < 0 || code >= ALL.length) {
      throw new ProtocolException("unknown frame type " + code);
    }
    return ALL[code];
  }
}
