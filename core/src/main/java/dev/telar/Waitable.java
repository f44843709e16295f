package dev.telar;

/// Something that a thread may wait for together with others: the next message of a
/// [Connection][dev.telar.shared.Connection], the end of a [Worker].
///
/// To wait, use [Connection.awaitAny][dev.telar.shared.Connection#awaitAny]; the two methods here
/// are what that is made of. Both may be called from any thread, and neither blocks.
public interface Waitable {

  /// Whether a wait for this would be over at once. For a connection: a message, or its end, is
  /// there to be received. For a worker: it was started, and has ended.
  ///
  /// @return whether it is ready
  boolean isReady();

  /// Calls `signal` once when this may have become ready: at once if it is ready already, and
  /// perhaps though it is not, so ask [#isReady()] and register again.
  ///
  /// @param signal called by any thread, this one included; it must return quickly, and not throw
  /// @return takes the registration back; running it when the signal was called does nothing
  Runnable onReady(Runnable signal);
}
