package dev.telar.internal.connect;

import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.channels.UnsupportedAddressTypeException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.TimeUnit;

/// Connects to and listens at addresses of both kinds, with errors that say what to do.
final class Addresses {
  private static final int BACKLOG = 128;
  private static final int RETRY_MILLIS = 5;
  private static final String QUEUE_IS_FULL = "Resource temporarily unavailable"; // EAGAIN

  private Addresses() {}

  static SocketChannel connect(SocketAddress address, long timeoutNanos)
      throws IOException, InterruptedException {
    SocketChannel channel = open(address);
    try {
      if (address instanceof InetSocketAddress) {
        // a timed connect is only there in the older interface
        channel.socket().connect(address, millis(timeoutNanos));
        return channel;
      }
      return connectLocally(channel, address, System.nanoTime() + timeoutNanos);
    } catch (ClosedByInterruptException e) {
      boolean _ = Thread.interrupted();
      throw new InterruptedException();
    } catch (SocketTimeoutException e) {
      channel.close();
      throw new IOException("nobody answers at " + address + " in time", e);
    } catch (ConnectException e) {
      channel.close();
      throw new IOException(
          "nobody listens at " + address + ". Start the program with the Listener first", e);
    } catch (SocketException e) {
      channel.close();
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      throw new IOException("cannot connect to " + address + ": " + e.getMessage(), e);
    } catch (UnsupportedAddressTypeException e) {
      channel.close();
      throw new IOException("cannot connect to " + address + ": the host is unknown", e);
    }
  }

  /// Its system call would wait without limit for a listener that accepts nobody: one that is
  /// stopped, say, and has a queue of others already.
  private static SocketChannel connectLocally(
      SocketChannel first, SocketAddress address, long deadline)
      throws IOException, InterruptedException {
    SocketChannel channel = first;
    while (true) {
      try {
        if (Thread.interrupted()) {
          throw new ClosedByInterruptException();
        }
        channel.configureBlocking(false);
        if (channel.connect(address)) {
          channel.configureBlocking(true);
          return channel;
        }
      } catch (IOException | RuntimeException e) {
        channel.close();
        if (!String.valueOf(e.getMessage()).equals(QUEUE_IS_FULL)) {
          throw e;
        }
      }
      channel.close(); // nothing is under way: its queue is full
      if (deadline - System.nanoTime() < 0) {
        throw new SocketTimeoutException("its queue of connections is full");
      }
      Thread.sleep(RETRY_MILLIS);
      channel = open(address);
    }
  }

  private static int millis(long nanos) {
    return Math.clamp(TimeUnit.NANOSECONDS.toMillis(nanos), 1, Integer.MAX_VALUE);
  }

  private static SocketChannel open(SocketAddress address) throws IOException {
    return switch (address) {
      case UnixDomainSocketAddress unix -> {
        checkLength(unix);
        yield SocketChannel.open(StandardProtocolFamily.UNIX);
      }
      case InetSocketAddress _ -> SocketChannel.open();
      default -> throw unknown(address);
    };
  }

  static ServerSocketChannel listen(SocketAddress address) throws IOException {
    return switch (address) {
      case UnixDomainSocketAddress unix -> {
        checkLength(unix);
        yield listen(unix);
      }
      case InetSocketAddress _ -> bound(ServerSocketChannel.open(), address);
      default -> throw unknown(address);
    };
  }

  private static ServerSocketChannel listen(UnixDomainSocketAddress address) throws IOException {
    Path path = address.getPath();
    ServerSocketChannel server;
    try {
      server = bound(ServerSocketChannel.open(StandardProtocolFamily.UNIX), address);
    } catch (BindException e) {
      if (!isLeftover(path)) {
        throw e;
      }
      Files.deleteIfExists(path);
      server = bound(ServerSocketChannel.open(StandardProtocolFamily.UNIX), address);
    }
    if (Files.getFileStore(path).supportsFileAttributeView("posix")) {
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
    }
    return server;
  }

  private static ServerSocketChannel bound(ServerSocketChannel server, SocketAddress address)
      throws IOException {
    try {
      return server.bind(address, BACKLOG);
    } catch (IOException | RuntimeException e) {
      server.close();
      if (e instanceof BindException) {
        var taken = new BindException("cannot listen at " + address + ": " + e.getMessage());
        taken.initCause(e);
        throw taken;
      }
      throw new IOException("cannot listen at " + address + ": " + e.getMessage(), e);
    }
  }

  /// Whether it is a socket that nobody listens at any more.
  private static boolean isLeftover(Path path) throws IOException {
    var file = Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    if (!file.isOther()) {
      return false;
    }
    try (var _ = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
      return false;
    } catch (ConnectException e) {
      return true;
    }
  }

  private static void checkLength(UnixDomainSocketAddress address) throws IOException {
    int bytes =
        address.getPath().toString().getBytes(java.nio.charset.StandardCharsets.UTF_8).length;
    if (bytes == 0 || bytes > 104) {
      throw new IOException(
          "the path of a Unix domain socket has 1 to 104 bytes, and '%s' has %d. Use a shorter one"
              .formatted(address, bytes));
    }
  }

  private static IllegalArgumentException unknown(SocketAddress address) {
    return new IllegalArgumentException(
        address + " is neither a UnixDomainSocketAddress nor an InetSocketAddress");
  }
}
