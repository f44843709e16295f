package dev.telar.internal.connect;

import dev.telar.internal.codec.CorruptMessageException;
import dev.telar.internal.codec.DecodeException;
import dev.telar.internal.codec.ElementCodec;
import dev.telar.internal.codec.Input;
import dev.telar.internal.codec.Output;
import dev.telar.shared.Connection;
import dev.telar.shared.ConnectionOptions;
import dev.telar.shared.UnreadableElementException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/// A connection to a program that was started apart.
public final class SocketConnection<S, R> implements Connection<S, R> {
  private final MessageSocket socket;
  private final ElementCodec codec;

  private SocketConnection(MessageSocket socket, ConnectionOptions options) {
    this.socket = socket;
    this.codec = new ElementCodec(options.filter());
  }

  /// Connects and proves the key.
  public static <S, R> Connection<S, R> connect(
      SocketAddress address, byte[] key, ConnectionOptions options)
      throws IOException, InterruptedException {
    checkKey(key);
    long timeout = TimeUnit.NANOSECONDS.convert(options.handshakeTimeout());
    String peer = "the program at " + address;
    SocketChannel channel = Addresses.connect(address, timeout);
    MessageSocket socket = wrap(channel, peer, options);
    Handshake.connect(socket, key.clone(), options.maxMessageBytes(), timeout);
    return new SocketConnection<>(socket, options);
  }

  /// The listener's end of a socket that has just connected.
  static <S, R> Connection<S, R> accept(
      SocketChannel channel, String peer, byte[] key, ConnectionOptions options)
      throws IOException, InterruptedException {
    MessageSocket socket = wrap(channel, peer, options);
    long timeout = TimeUnit.NANOSECONDS.convert(options.handshakeTimeout());
    Handshake.accept(socket, key, options.maxMessageBytes(), timeout);
    return new SocketConnection<>(socket, options);
  }

  private static MessageSocket wrap(SocketChannel channel, String peer, ConnectionOptions options)
      throws IOException {
    try {
      if (channel.getRemoteAddress() instanceof InetSocketAddress) {
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
      }
      return new MessageSocket(channel, peer, options.maxMessageBytes());
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  static void checkKey(byte[] key) {
    if (key.length == 0) {
      throw new IllegalArgumentException(
          "the key is empty: take 32 random bytes that both programs can read, and nobody else");
    }
  }

  @Override
  public void send(S message) throws IOException, InterruptedException {
    var bytes = new Output();
    codec.encode(Objects.requireNonNull(message, "message"), bytes);
    if (bytes.size() > socket.limit()) {
      throw new IOException(
          "a message of %,d bytes is longer than the %,d that the two sides have agreed on. Send it"
                  .formatted(bytes.size(), socket.limit())
              + " in parts, or raise ConnectionOptions.withMaxMessageBytes in both programs");
    }
    socket.send(bytes.buffers());
  }

  @Override
  @SuppressWarnings("unchecked") // what the other program sends is its promise
  public R receive() throws IOException, InterruptedException {
    Input message = Objects.requireNonNull(socket.receive(Long.MAX_VALUE));
    try {
      Object value = codec.decode(message, Loading.loader());
      if (value == null) {
        throw new CorruptMessageException("null is no message");
      }
      return (R) value;
    } catch (DecodeException | CorruptMessageException e) {
      throw new UnreadableElementException(
          "a message of " + socket.peer() + " cannot be read here: " + e.getMessage(), e);
    }
  }

  @Override
  public boolean poll(Duration timeout) throws InterruptedException {
    return socket.poll(TimeUnit.NANOSECONDS.convert(timeout));
  }

  @Override
  public boolean isReady() {
    return socket.isReady();
  }

  @Override
  public Runnable onReady(Runnable signal) {
    return socket.onReady(signal);
  }

  @Override
  public void close() {
    socket.close();
  }

  @Override
  public String toString() {
    return "Connection[" + socket.peer() + "]";
  }
}
