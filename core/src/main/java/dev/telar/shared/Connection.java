package dev.telar.shared;

import dev.telar.TaskNotSerializableException;
import dev.telar.Waitable;
import dev.telar.internal.Engines;
import java.io.IOException;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.Collection;
import java.util.List;

/// One end of a two-way channel for messages: Python's `multiprocessing.connection.Connection`.
///
/// A message is any value that can travel as a task does. It arrives whole, once, and in the order
/// in which it was sent; two messages never merge.
///
/// A connection ends when either side closes it or the other side dies. What had been sent before
/// can still be received; then [#receive()] throws [ConnectionEndedException], and so does [#send].
/// Nobody waits for ever for a peer that is dead. A peer that is merely stopped (SIGSTOP, a
/// debugger) is waited for.
///
/// Thread-safe: several threads may send and receive at once, and each message goes to one of them.
/// No method blocks a carrier thread. An interrupt ends a wait and leaves the connection as it was.
/// Sending a message happens-before receiving it.
///
/// @param <S> what this end sends
/// @param <R> what this end receives
public interface Connection<S, R> extends Waitable, AutoCloseable {

  /// Connects to a [Listener] with the default options.
  ///
  /// @param address a [java.net.UnixDomainSocketAddress] or a [java.net.InetSocketAddress]
  /// @param key the secret that both programs share; see [Listener]
  /// @param <S> what the listener's side expects
  /// @param <R> what the listener's side sends
  /// @return a connection to a program that has proved that it has the key
  /// @throws AuthenticationException if the other side is no listener of this version, or has
  ///   another key, or does not answer in time
  /// @throws IOException if nobody listens there
  /// @throws InterruptedException if this thread is interrupted while it waits
  static <S, R> Connection<S, R> connect(SocketAddress address, byte[] key)
      throws IOException, InterruptedException {
    return connect(address, key, ConnectionOptions.defaults());
  }

  /// Connects to a [Listener].
  ///
  /// @param address a [java.net.UnixDomainSocketAddress] or a [java.net.InetSocketAddress]
  /// @param key the secret that both programs share; see [Listener]
  /// @param options limits and filter
  /// @param <S> what the listener's side expects
  /// @param <R> what the listener's side sends
  /// @return a connection to a program that has proved that it has the key
  /// @throws AuthenticationException if the other side is no listener of this version, or has
  ///   another key, or does not answer in time
  /// @throws IOException if nobody listens there
  /// @throws InterruptedException if this thread is interrupted while it waits
  static <S, R> Connection<S, R> connect(
      SocketAddress address, byte[] key, ConnectionOptions options)
      throws IOException, InterruptedException {
    return Engines.connect(address, key, options);
  }

  /// Waits until at least one of several things is ready: a connection has a message or has ended,
  /// a [worker][dev.telar.Worker] has ended. Python's `multiprocessing.connection.wait`.
  ///
  /// Nothing is taken: receive from what is returned. Where other threads receive from the same
  /// connection, one of them may be faster.
  ///
  /// @param several what to wait for
  /// @param timeout how long at most; zero or less only looks
  /// @param <W> what they are
  /// @return those that are ready, in the order of `several`; empty if the time is over, or if
  ///   `several` is empty
  /// @throws InterruptedException if this thread is interrupted while it waits
  static <W extends Waitable> List<W> awaitAny(Collection<? extends W> several, Duration timeout)
      throws InterruptedException {
    return Engines.awaitAny(several, timeout);
  }

  /// Sends a message, and waits while the other side is behind with receiving.
  ///
  /// Interrupted when a part of the message is already on its way, it lets the rest follow, returns
  /// and leaves the interrupt status set.
  ///
  /// @param message what to send
  /// @throws TaskNotSerializableException if the message cannot travel; nothing was sent
  /// @throws ConnectionEndedException if either side has closed it, or the other side is dead; then
  ///   messages sent before may not have been received
  /// @throws IOException if the message is longer than either side allows; nothing was sent
  /// @throws InterruptedException if this thread was interrupted before anything was sent
  void send(S message) throws IOException, InterruptedException;

  /// Waits for the next message.
  ///
  /// @return the message
  /// @throws ConnectionEndedException if there is none any more: either side has closed the
  ///   connection, or the other side is dead
  /// @throws UnreadableElementException if the message cannot be read here, such as for a class
  ///   that is missing; it is consumed, and the connection goes on
  /// @throws IOException if what came is no message; the connection is closed then
  /// @throws InterruptedException if this thread is interrupted while it waits; nothing is lost
  R receive() throws IOException, InterruptedException;

  /// Waits until there is a message to receive, or the connection has ended.
  ///
  /// @param timeout how long at most; zero or less only looks
  /// @return whether [#receive()] would return or throw at once
  /// @throws InterruptedException if this thread is interrupted while it waits
  boolean poll(Duration timeout) throws InterruptedException;

  /// Closes this end. The other side receives what had been sent, then the end. Threads that wait
  /// in this connection here get [ConnectionEndedException]. Closing again does nothing.
  @Override
  void close();
}
