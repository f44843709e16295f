package dev.telar.internal.memory;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/// The socket at which the keeper of this process hears other processes ring. For one thread.
final class BellSocket implements AutoCloseable {
  private final Path path;
  private final Selector selector;
  private final ServerSocketChannel server;
  private final ByteBuffer rings = ByteBuffer.allocateDirect(256);

  BellSocket(SharedArena arena) throws IOException {
    path = Bells.socket(arena, arena.participants().self());
    Files.deleteIfExists(path);
    selector = Selector.open();
    server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    try {
      server.bind(UnixDomainSocketAddress.of(path), 128);
      server.configureBlocking(false);
      server.register(selector, SelectionKey.OP_ACCEPT);
    } catch (IOException | RuntimeException e) {
      close();
      throw e;
    }
  }

  /// Waits for a ring, at most so long.
  void await(long nanos) throws IOException {
    selector.select(this::hear, Math.max(1, TimeUnit.NANOSECONDS.toMillis(nanos)));
  }

  private void hear(SelectionKey key) {
    try {
      if (key.isAcceptable()) {
        SocketChannel ringer = server.accept();
        if (ringer != null) {
          ringer.configureBlocking(false);
          ringer.register(selector, SelectionKey.OP_READ);
        }
        return;
      }
      rings.clear();
      if (((SocketChannel) key.channel()).read(rings) < 0) {
        key.channel().close();
      }
    } catch (IOException | RuntimeException ringerEnded) {
      key.cancel();
    }
  }

  @Override
  public void close() {
    try (selector;
        server) {
      for (SelectionKey key : selector.keys()) {
        key.channel().close();
      }
      Files.deleteIfExists(path);
    } catch (IOException gone) {
      // with the arena's directory
    }
  }
}
