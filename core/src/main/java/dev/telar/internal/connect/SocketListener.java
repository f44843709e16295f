package dev.telar.internal.connect;

import dev.telar.shared.AuthenticationException;
import dev.telar.shared.Connection;
import dev.telar.shared.ConnectionEndedException;
import dev.telar.shared.ConnectionOptions;
import dev.telar.shared.Listener;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.HashSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Accepts sockets as they come, and greets each in a virtual thread of its own; whoever has proved
/// the key waits in a queue for [#accept].
///
/// So many may be there at a time, greeted or being greeted; the rest wait in the system's queue.
public final class SocketListener implements Listener {
  private static final System.Logger LOG = System.getLogger(SocketListener.class.getName());
  private static final int MOST_GUESTS = 64;
  private static final int PAUSE_MILLIS = 100;

  private final ServerSocketChannel server;
  private final SocketAddress address;
  private final @Nullable Object fileKey;
  private final byte[] key;
  private final ConnectionOptions options;
  private final Readiness readiness;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition arrived = lock.newCondition();
  private final ArrayDeque<Connection<?, ?>> greeted = new ArrayDeque<>();
  private final Collection<Thread> greeting = new HashSet<>();
  private boolean full;
  private boolean closed;

  private SocketListener(ServerSocketChannel server, byte[] key, ConnectionOptions options)
      throws IOException {
    this.server = server;
    this.address = server.getLocalAddress();
    this.fileKey = fileKey();
    this.key = key;
    this.options = options;
    this.readiness = Poller.add(server);
  }

  /// Listens.
  public static Listener open(SocketAddress address, byte[] key, ConnectionOptions options)
      throws IOException {
    SocketConnection.checkKey(key);
    ServerSocketChannel server = Addresses.listen(address);
    try {
      var listener = new SocketListener(server, key.clone(), options);
      listener.arm();
      return listener;
    } catch (IOException e) {
      server.close();
      throw e;
    }
  }

  private void arm() {
    Runnable _ = readiness.once(SelectionKey.OP_ACCEPT, this::acceptAll);
  }

  /// Called by the poller.
  private void acceptAll() {
    try {
      while (hasRoom()) {
        SocketChannel socket = server.accept();
        if (socket == null) {
          arm();
          return;
        }
        admit(socket);
      }
    } catch (ClosedChannelException e) {
      // this listener was closed
    } catch (IOException | OutOfMemoryError e) { // no descriptor or no thread is left, say
      CompletableFuture.delayedExecutor(PAUSE_MILLIS, TimeUnit.MILLISECONDS).execute(this::arm);
      LOG.log(
          System.Logger.Level.WARNING,
          "cannot accept at {0}, and tries again: {1}",
          address,
          e.getMessage());
    }
  }

  private boolean hasRoom() {
    lock.lock();
    try {
      full = greeting.size() + greeted.size() >= MOST_GUESTS;
      return !full && !closed;
    } finally {
      lock.unlock();
    }
  }

  private void admit(SocketChannel socket) throws IOException {
    lock.lock();
    try {
      if (closed) {
        socket.close();
        return;
      }
      Thread host = Thread.ofVirtual().name("telar-greeting").unstarted(() -> greet(socket));
      host.start();
      greeting.add(host); // it cannot finish before, for want of the lock
    } catch (OutOfMemoryError noThread) {
      socket.close();
      throw noThread;
    } finally {
      lock.unlock();
    }
  }

  private void greet(SocketChannel socket) {
    Connection<?, ?> connection = null;
    try {
      connection = SocketConnection.accept(socket, name(socket), key, options);
    } catch (AuthenticationException e) {
      if (!isClosed()) {
        LOG.log(
            System.Logger.Level.WARNING, "{0} refused a connection: {1}", address, e.getMessage());
      }
    } catch (IOException | InterruptedException e) {
      // it went away at once
    } finally {
      finish(connection);
    }
  }

  private String name(SocketChannel socket) throws IOException {
    SocketAddress remote = socket.getRemoteAddress();
    return remote instanceof UnixDomainSocketAddress
        ? "a program that connected to " + address
        : "the program at " + remote;
  }

  private boolean isClosed() {
    lock.lock();
    try {
      return closed;
    } finally {
      lock.unlock();
    }
  }

  private void finish(@Nullable Connection<?, ?> connection) {
    boolean late = false;
    lock.lock();
    try {
      greeting.remove(Thread.currentThread());
      if (connection != null) {
        late = closed;
        if (!closed) {
          greeted.add(connection);
          arrived.signal();
        }
      }
    } finally {
      lock.unlock();
    }
    if (late && connection != null) {
      connection.close();
    }
    roomAgain();
  }

  private void roomAgain() {
    lock.lock();
    try {
      if (!full || closed) {
        return;
      }
      full = false;
    } finally {
      lock.unlock();
    }
    arm();
  }

  @Override
  public SocketAddress address() {
    return address;
  }

  @Override
  public <S, R> Connection<S, R> accept() throws IOException, InterruptedException {
    while (true) {
      Connection<S, R> connection = accept(Duration.ofDays(1));
      if (connection != null) {
        return connection;
      }
    }
  }

  @Override
  @SuppressWarnings({"unchecked", "try"}) // the types are what the two programs promise each other
  public <S, R> @Nullable Connection<S, R> accept(Duration timeout)
      throws IOException, InterruptedException {
    long left = TimeUnit.NANOSECONDS.convert(timeout);
    Connection<?, ?> connection;
    lock.lockInterruptibly();
    try {
      while (greeted.isEmpty() && !closed && left > 0) {
        left = arrived.awaitNanos(left);
      }
      if (closed) {
        throw new ConnectionEndedException("the listener at " + address + " is closed");
      }
      connection = greeted.poll();
    } finally {
      lock.unlock();
    }
    roomAgain();
    return (Connection<S, R>) connection;
  }

  @Override
  public void close() {
    Collection<Thread> begun;
    Collection<Connection<?, ?>> unclaimed;
    lock.lock();
    try {
      if (closed) {
        return;
      }
      closed = true;
      begun = new HashSet<>(greeting);
      unclaimed = new ArrayDeque<>(greeted);
      greeted.clear();
      arrived.signalAll();
    } finally {
      lock.unlock();
    }
    deleteFile();
    readiness.close(server);
    unclaimed.forEach(Connection::close);
    begun.forEach(Thread::interrupt);
  }

  private @Nullable Object fileKey() throws IOException {
    return address instanceof UnixDomainSocketAddress unix ? fileKey(unix.getPath()) : null;
  }

  private static @Nullable Object fileKey(Path path) throws IOException {
    return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
        .fileKey();
  }

  /// Deletes the file, unless somebody has put another there.
  private void deleteFile() {
    if (address instanceof UnixDomainSocketAddress unix) {
      try {
        if (fileKey == null || fileKey.equals(fileKey(unix.getPath()))) {
          Files.deleteIfExists(unix.getPath());
        }
      } catch (IOException e) {
        // gone already
      }
    }
  }

  @Override
  public String toString() {
    return "Listener[" + address + "]";
  }
}
