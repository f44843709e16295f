package dev.telar.benchmarks;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// The floor: 64 bytes there and back between two JVMs over a Unix domain socket, nothing else
/// done.
final class PingPong implements Contender {

  private static final int BYTES = 64;

  private final int calls;
  private @Nullable Path folder;
  private @Nullable Process echo;
  private @Nullable SocketChannel channel;

  PingPong(int calls) {
    this.calls = calls;
  }

  @Override
  public double first() throws IOException {
    long start = System.nanoTime();
    Path place = Files.createTempDirectory("ping");
    folder = place;
    var address = UnixDomainSocketAddress.of(place.resolve("s"));
    try (var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      server.bind(address);
      echo = Jvm.start(Echo.class, address.getPath().toString());
      channel = server.accept();
    }
    ping(1);
    return System.nanoTime() - start;
  }

  @Override
  public double round() throws IOException {
    long start = System.nanoTime();
    ping(calls);
    return (double) (System.nanoTime() - start) / calls;
  }

  private void ping(int times) throws IOException {
    SocketChannel open = channel;
    if (open == null) {
      throw new IllegalStateException("first() connects it");
    }
    ByteBuffer message = ByteBuffer.allocateDirect(BYTES);
    for (int i = 0; i < times; i++) {
      message.clear();
      open.write(message);
      message.clear();
      read(open, message);
    }
  }

  private static boolean read(SocketChannel from, ByteBuffer message) throws IOException {
    while (message.hasRemaining()) {
      if (from.read(message) < 0) {
        return false;
      }
    }
    return true;
  }

  @Override
  public void close() throws IOException, InterruptedException {
    if (channel != null) {
      channel.close();
    }
    if (echo != null) {
      echo.waitFor();
    }
    if (folder != null) {
      Files.deleteIfExists(folder.resolve("s"));
      Files.deleteIfExists(folder);
    }
  }

  /// The other side.
  static final class Echo {
    private Echo() {}

    /// Sends back what comes, until the other side ends.
    ///
    /// @param args the path of the socket
    /// @throws IOException if the connection breaks
    public static void main(String[] args) throws IOException {
      try (var channel = SocketChannel.open(UnixDomainSocketAddress.of(args[0]))) {
        ByteBuffer message = ByteBuffer.allocateDirect(BYTES);
        while (read(channel, message)) {
          message.flip();
          channel.write(message);
          message.clear();
        }
      }
    }
  }
}
