package dev.telar.internal.wire;

import dev.telar.internal.codec.ClassDictionary;
import dev.telar.internal.codec.Output;
import java.io.Closeable;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.function.BooleanSupplier;
import jdk.net.ExtendedSocketOptions;
import org.jspecify.annotations.Nullable;

/// The two sockets between a parent and a worker, once each has convinced the other: the parent's
/// socket lies in a directory that only its user can enter, the worker shows a token that only its
/// environment holds, and both compare the user that the kernel names as their peer.
///
/// @param work what is to be run
/// @param control everything else
public record Connection(SocketChannel work, SocketChannel control) implements Closeable {

  private static final int WORK = 1;
  private static final int CONTROL = 2;

  /// The parent's ear for one worker.
  public static ServerSocketChannel listen(Path socket) throws IOException {
    ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    try {
      server.bind(UnixDomainSocketAddress.of(socket), 2);
      server.configureBlocking(false);
      return server;
    } catch (IOException e) {
      server.close();
      throw e;
    }
  }

  /// The parent waits for the worker to connect twice.
  ///
  /// @param goOn asked every few milliseconds: false if the worker has died or its time is up
  /// @return null if it was not to go on
  public static @Nullable Connection accept(
      ServerSocketChannel server, String token, BooleanSupplier goOn) throws IOException {
    SocketChannel work = null;
    SocketChannel control = null;
    try (Selector selector = Selector.open()) {
      server.register(selector, SelectionKey.OP_ACCEPT);
      while (work == null || control == null) {
        SocketChannel socket = server.accept();
        if (socket == null) {
          if (!goOn.getAsBoolean()) {
            close(work, control);
            return null;
          }
          selector.select(20);
          selector.selectedKeys().clear();
          continue;
        }
        int kind = greet(socket, token);
        if (kind == WORK && work == null) {
          work = socket;
        } else if (kind == CONTROL && control == null) {
          control = socket;
        } else {
          socket.close();
        }
      }
      return new Connection(work, control);
    } catch (IOException e) {
      close(work, control);
      throw e;
    }
  }

  /// Reads the first frame of a socket, which may be anybody's who got into our directory.
  private static int greet(SocketChannel socket, String token) throws IOException {
    try {
      checkPeer(socket);
      var header = read(socket, Frame.HEADER);
      int length = header.getInt(4);
      if (header.get(0) != Frame.MAGIC
          || header.get(1) != Frame.VERSION
          || header.get(2) != FrameType.HELLO.code()
          || length < 0
          || length > 1024) {
        throw new ProtocolException("no greeting of version " + Frame.VERSION);
      }
      ByteBuffer body = read(socket, length);
      int kind = body.get();
      byte[] shown = new byte[body.remaining()];
      body.get(shown);
      if (!MessageDigest.isEqual(shown, token.getBytes(StandardCharsets.UTF_8))) {
        throw new ProtocolException("wrong token");
      }
      return kind;
    } catch (IOException e) {
      socket.close();
      return 0;
    }
  }

  private static ByteBuffer read(SocketChannel socket, int length) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(length);
    while (buffer.hasRemaining()) {
      if (socket.read(buffer) < 0) {
        throw new ProtocolException("the peer hung up");
      }
    }
    return buffer.flip();
  }

  /// The worker connects.
  public static Connection connect(Path socket, String token) throws IOException {
    SocketChannel work = connect(socket, WORK, token);
    try {
      return new Connection(work, connect(socket, CONTROL, token));
    } catch (IOException e) {
      work.close();
      throw e;
    }
  }

  private static SocketChannel connect(Path path, int kind, String token) throws IOException {
    SocketChannel socket = SocketChannel.open(UnixDomainSocketAddress.of(path));
    try {
      checkPeer(socket);
      var hello = new Output();
      hello.writeByte(kind);
      hello.write(token.getBytes(StandardCharsets.UTF_8));
      new FrameWriter(socket, new ClassDictionary()).write(FrameType.HELLO, hello);
      return socket;
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  private static void checkPeer(SocketChannel socket) throws IOException {
    if (!socket.supportedOptions().contains(ExtendedSocketOptions.SO_PEERCRED)) {
      return; // Windows: the directory and the token must do
    }
    String peer = socket.getOption(ExtendedSocketOptions.SO_PEERCRED).user().getName();
    Path own = ((UnixDomainSocketAddress) socketPath(socket)).getPath();
    String owner = Files.getOwner(own).getName();
    if (!peer.equals(owner)) {
      throw new ProtocolException("the peer is user " + peer + ", not " + owner);
    }
  }

  private static SocketAddress socketPath(SocketChannel socket) throws IOException {
    var local = (UnixDomainSocketAddress) socket.getLocalAddress();
    return local.getPath().toString().isEmpty() ? socket.getRemoteAddress() : local;
  }

  private static void close(@Nullable SocketChannel work, @Nullable SocketChannel control)
      throws IOException {
    if (work != null) {
      work.close();
    }
    if (control != null) {
      control.close();
    }
  }

  @Override
  public void close() throws IOException {
    try (work;
        control) {
      // both, whatever happens
    }
  }
}
