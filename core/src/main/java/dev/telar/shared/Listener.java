package dev.telar.shared;

import dev.telar.internal.Engines;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Where a program waits for connections of others that were started apart: Python's
/// `multiprocessing.connection.Listener`.
///
/// ```java
/// // one program
/// try (var listener = Listener.unix(Path.of("/tmp/jobs.socket"), key);
///     Connection<String, Integer> client = listener.accept()) {
///   client.send("square: " + square(client.receive()));
/// }
/// // another
/// var address = UnixDomainSocketAddress.of("/tmp/jobs.socket");
/// try (Connection<Integer, String> server = Connection.connect(address, key)) {
///   server.send(12);
///   System.out.println(server.receive());
/// }
/// ```
///
/// **The key.** Both programs prove to each other that they have the same key, by HMAC-SHA256 over
/// random challenges, before anything is deserialized. The key itself is never sent. Make it of 32
/// random bytes, and hand it over where only the two programs can read it: whoever has it can make
/// this program deserialize what he likes, within the [filter][ConnectionOptions#filter()]. The
/// messages are neither encrypted nor signed: over a network use a tunnel.
///
/// **A bad peer** (another key, another protocol, half a greeting, silence) is refused with one
/// warning in the log, after [ConnectionOptions#handshakeTimeout()] at the latest. It keeps nobody
/// else waiting: greetings go on side by side, up to 64 at a time.
///
/// Thread-safe; no method blocks a carrier thread.
public interface Listener extends AutoCloseable {

  /// Listens on a Unix domain socket, whose file only its user can connect to. A file that a dead
  /// program left behind there is replaced.
  ///
  /// @param path of at most about 100 bytes
  /// @param key the secret that both programs share, not empty
  /// @return an open listener
  /// @throws IOException if the path is too long or another program listens there
  static Listener unix(Path path, byte[] key) throws IOException {
    return open(UnixDomainSocketAddress.of(path), key, ConnectionOptions.defaults());
  }

  /// Listens on a TCP port of the loopback interface: only programs on this machine can connect,
  /// those of other users included. To be reached from elsewhere name an address with [#open].
  ///
  /// @param port the port, or 0 for any free one (see [#address()])
  /// @param key the secret that both programs share, not empty
  /// @return an open listener
  /// @throws IOException if the port is taken
  static Listener tcp(int port, byte[] key) throws IOException {
    var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    return open(address, key, ConnectionOptions.defaults());
  }

  /// Listens on any address.
  ///
  /// @param address a [UnixDomainSocketAddress] or an [InetSocketAddress]
  /// @param key the secret that both programs share, not empty
  /// @param options limits and filter of all its connections
  /// @return an open listener
  /// @throws IOException if the address cannot be listened on
  static Listener open(SocketAddress address, byte[] key, ConnectionOptions options)
      throws IOException {
    return Engines.listen(address, key, options);
  }

  /// Where it listens: what the other program connects to.
  ///
  /// @return the address, with the port that was chosen
  SocketAddress address();

  /// Waits for the next program that connects and has the key.
  ///
  /// @param <S> what that program expects
  /// @param <R> what that program sends
  /// @return a connection to it
  /// @throws ConnectionEndedException if this listener is closed
  /// @throws InterruptedException if this thread is interrupted while it waits
  <S, R> Connection<S, R> accept() throws IOException, InterruptedException;

  /// Waits for the next program that connects and has the key.
  ///
  /// @param timeout how long at most
  /// @param <S> what that program expects
  /// @param <R> what that program sends
  /// @return a connection to it, or null if there was none in time
  /// @throws ConnectionEndedException if this listener is closed
  /// @throws InterruptedException if this thread is interrupted while it waits
  <S, R> @Nullable Connection<S, R> accept(Duration timeout)
      throws IOException, InterruptedException;

  /// Stops listening, and closes connections that nobody has accepted. Those that were accepted
  /// live on. The file of a Unix domain socket is deleted. Closing again does nothing.
  @Override
  void close();
}
