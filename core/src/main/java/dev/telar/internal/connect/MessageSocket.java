package dev.telar.internal.connect;

import dev.telar.internal.codec.Input;
import dev.telar.shared.ConnectionEndedException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// A socket that carries messages: each is its length (4 bytes) and its bytes. A length of −1 says
/// that the other side closes in good order.
///
/// The socket never blocks; threads wait for it through the [Poller], so none closes it by being
/// interrupted. A length is not believed before its bytes have come. Thread-safe.
final class MessageSocket {
  private static final int HEADER = 4;
  private static final int GOODBYE = -1;
  private static final int BUFFER = 64 << 10;
  private static final int PIECE = 1 << 20;
  private static final int LINGER_SECONDS = 5;

  private final SocketChannel socket;
  private final Readiness readiness;
  private final String peer;
  private volatile int longest;

  private final ReentrantLock receiving = new ReentrantLock();
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER).flip();
  private final List<byte[]> pieces = new ArrayList<>();
  private @Nullable ByteBuffer piece; // being filled
  private int missing = -1; // bytes of the current message that have not come; −1: its length
  private @Nullable IOException end;

  /// Held by whoever writes a message, while he waits too.
  private final ReentrantLock sending = new ReentrantLock(true);

  private final ReentrantLock writing = new ReentrantLock();
  private ByteBuffer[] unwritten = {}; // guarded by writing
  private volatile @Nullable String closed;

  /// Why nothing can be sent any more, though there may be something to receive.
  private volatile @Nullable String deaf;

  private volatile boolean lingering;

  /// Takes over a connected socket.
  ///
  /// @param peer who is at the other end, for messages
  /// @param longest the longest message to be accepted
  MessageSocket(SocketChannel socket, String peer, int longest) throws IOException {
    this.socket = socket;
    this.peer = peer;
    this.longest = longest;
    this.readiness = Poller.add(socket);
  }

  String peer() {
    return peer;
  }

  void limit(int bytes) {
    longest = bytes;
  }

  int limit() {
    return longest;
  }

  // Sending

  /// Sends one message, made of several buffers.
  ///
  /// @throws InterruptedException if nothing of it was sent
  void send(List<ByteBuffer> content) throws IOException, InterruptedException {
    var whole = new ByteBuffer[content.size() + 1];
    int length = 0;
    for (int i = 0; i < content.size(); i++) {
      whole[i + 1] = content.get(i);
      length += content.get(i).remaining();
    }
    whole[0] = ByteBuffer.allocate(HEADER).putInt(length).flip();
    sending.lockInterruptibly();
    try {
      if (!awaitWritten()) {
        throw new InterruptedException(); // still at what somebody else left behind
      }
      writing.lock();
      try {
        checkSendable(); // here, lest it take the place of what close() has to say
        unwritten = whole;
      } finally {
        writing.unlock();
      }
      if (!awaitWritten()) {
        Thread.currentThread().interrupt();
        writeRest();
      }
    } finally {
      sending.unlock();
    }
  }

  private void checkSendable() throws ConnectionEndedException {
    String reason = closed != null ? closed : deaf;
    if (reason != null) {
      throw new ConnectionEndedException(reason);
    }
  }

  /// Waits until all is written.
  ///
  /// @return false if the thread was interrupted while it waited
  private boolean awaitWritten() throws IOException {
    while (!write()) {
      var wait = new Readiness.Wait();
      Runnable cancel = readiness.once(SelectionKey.OP_WRITE, wait);
      try {
        wait.await(Long.MAX_VALUE);
      } catch (InterruptedException e) {
        return false;
      } finally {
        cancel.run();
      }
    }
    return true;
  }

  /// Lets the poller write what is left of a message whose sender was interrupted.
  private void writeRest() {
    Runnable _ =
        readiness.once(
            SelectionKey.OP_WRITE,
            () -> {
              try {
                if (!write()) {
                  writeRest();
                }
              } catch (IOException e) {
                // whoever sends next is told
              }
            });
  }

  /// Writes what the socket takes.
  ///
  /// @return whether nothing is left
  private boolean write() throws IOException {
    writing.lock();
    try {
      while (hasUnwritten()) {
        checkSendable();
        if (socket.write(unwritten) == 0) {
          return false;
        }
      }
      unwritten = new ByteBuffer[0];
      return true;
    } catch (ConnectionEndedException e) {
      throw e;
    } catch (IOException e) {
      unwritten = new ByteBuffer[0];
      String reason = "%s has ended: %s".formatted(peer, e.getMessage());
      deaf = reason; // and not closed: what the other side had sent is still to be read
      throw new ConnectionEndedException(closed != null ? closed : reason);
    } finally {
      writing.unlock();
    }
  }

  private boolean hasUnwritten() {
    for (ByteBuffer each : unwritten) {
      if (each.hasRemaining()) {
        return true;
      }
    }
    return false;
  }

  // Receiving

  /// Whether a message or the end is there.
  boolean isReady() {
    return isReady(false);
  }

  /// @param taking whether this thread takes the message then
  private boolean isReady(boolean taking) {
    boolean ready;
    boolean news;
    receiving.lock();
    try {
      news = missing != 0 && end == null;
      ready = advance();
    } finally {
      receiving.unlock();
    }
    if (ready && news && !taking) {
      // It is here now and not in the socket, so the poller will tell nobody; and this thread only
      // wants to know.
      readiness.fire(SelectionKey.OP_READ);
    }
    return ready;
  }

  Runnable onReady(Runnable signal) {
    Runnable cancel = readiness.once(SelectionKey.OP_READ, signal);
    if (isReady()) {
      readiness.fire(SelectionKey.OP_READ); // this signal, too, unless it was called already
    }
    return cancel;
  }

  /// Waits until a message or the end is there.
  boolean poll(long nanos) throws InterruptedException {
    return poll(nanos, false);
  }

  private boolean poll(long nanos, boolean taking) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    long start = System.nanoTime();
    while (!isReady(taking)) {
      long left = nanos == Long.MAX_VALUE ? nanos : nanos - (System.nanoTime() - start);
      if (left <= 0) {
        return false;
      }
      var wait = new Readiness.Wait();
      Runnable cancel = onReady(wait);
      try {
        wait.await(left);
      } finally {
        cancel.run();
      }
    }
    return true;
  }

  /// Waits for the next message.
  ///
  /// @param nanos how long at most
  /// @return null if the time is over
  /// @throws ConnectionEndedException if there is none any more
  /// @throws IOException if what came is no message; the socket is closed then
  @Nullable Input receive(long nanos) throws IOException, InterruptedException {
    long start = System.nanoTime();
    while (true) {
      long left = nanos == Long.MAX_VALUE ? nanos : nanos - (System.nanoTime() - start);
      if (!poll(left, true)) {
        return null;
      }
      receiving.lock();
      try {
        if (!advance()) {
          continue; // another thread was faster
        }
        if (missing != 0) {
          throw ended();
        }
        Input message = Input.of(pieces.toArray(byte[][]::new));
        pieces.clear();
        missing = -1;
        if (buffer.hasRemaining()) {
          readiness.fire(SelectionKey.OP_READ); // what the others wait for may be here, not there
        }
        return message;
      } finally {
        receiving.unlock();
      }
    }
  }

  private IOException ended() {
    IOException known = Objects.requireNonNull(end);
    return known instanceof ConnectionEndedException
        ? new ConnectionEndedException(String.valueOf(known.getMessage()))
        : new IOException(known.getMessage(), known);
  }

  /// Reads what is there, until a message is whole.
  ///
  /// @return whether one is (`missing` is 0), or there is an end
  private boolean advance() {
    String reason = closed;
    try {
      if (reason != null && end == null && missing != 0) {
        throw new ConnectionEndedException(reason);
      }
      while (end == null && missing != 0) {
        if (missing < 0 ? !readLength() : !readBody()) {
          return end != null;
        }
      }
      return true;
    } catch (ConnectionEndedException e) {
      end = e;
    } catch (IOException e) {
      end = closed != null ? new ConnectionEndedException(closed) : e;
      end(String.valueOf(e.getMessage()));
    }
    return true;
  }

  private boolean readLength() throws IOException {
    while (buffer.remaining() < HEADER) {
      if (!fill()) {
        return false;
      }
    }
    int length = buffer.getInt();
    if (length == GOODBYE) {
      throw endedBy(peer + " was closed by the other side");
    }
    if (length < 0 || length > longest) {
      throw new IOException(
          "%s sent a message of %d bytes, and at most %d are accepted: it is no Telar, or of another"
                  .formatted(peer, length & 0xffffffffL, longest)
              + " version");
    }
    missing = length;
    return true;
  }

  /// Takes over bytes as they come: in the end, all pieces are full.
  private boolean readBody() throws IOException {
    if (piece == null) {
      piece = ByteBuffer.allocate(Math.min(missing, PIECE));
    }
    while (piece.hasRemaining()) {
      int before = piece.remaining();
      if (buffer.hasRemaining()) {
        int count = Math.min(buffer.remaining(), before);
        piece.put(buffer.slice(buffer.position(), count));
        buffer.position(buffer.position() + count);
      } else if (before >= BUFFER) {
        int count = read(piece);
        if (count <= 0) {
          return nothing(count);
        }
      } else if (!fill()) {
        return false;
      }
      missing -= before - piece.remaining();
    }
    pieces.add(piece.array());
    piece = null;
    return true;
  }

  private boolean fill() throws IOException {
    buffer.compact();
    int count;
    try {
      count = read(buffer);
    } finally {
      buffer.flip();
    }
    return count > 0 || nothing(count);
  }

  private int read(ByteBuffer target) throws ConnectionEndedException {
    try {
      return socket.read(target);
    } catch (IOException e) { // a peer that is killed with something unread resets the connection
      throw endedBy("%s has ended: %s".formatted(peer, e.getMessage()));
    }
  }

  private boolean nothing(int count) throws IOException {
    if (count < 0) {
      throw endedBy(
          peer
              + " has ended: the other program died or was cut off"
              + (missing > 0 ? ", within a message" : ""));
    }
    return false;
  }

  private ConnectionEndedException endedBy(String reason) {
    end(reason);
    return new ConnectionEndedException(Objects.requireNonNull(closed));
  }

  // The end

  /// Closes this side. What has been sent is still written, and the other side is told, without
  /// this thread waiting for it.
  void close() {
    writing.lock();
    try {
      if (closed != null) {
        return;
      }
      closed = peer + " was closed by this side";
      var rest = Arrays.copyOf(unwritten, unwritten.length + 1);
      rest[unwritten.length] = ByteBuffer.allocate(HEADER).putInt(GOODBYE).flip();
      unwritten = rest;
    } finally {
      writing.unlock();
    }
    readiness.fire(Readiness.ALL);
    linger();
  }

  /// Writes what is left, then waits for the other side to close: to close a TCP socket with bytes
  /// unread would make the system throw away what it has not sent yet.
  private void linger() {
    ByteBuffer trash = ByteBuffer.allocate(PIECE / 64);
    try {
      writing.lock();
      try {
        while (hasUnwritten()) {
          if (socket.write(unwritten) == 0) {
            lingerUntil(SelectionKey.OP_WRITE);
            return;
          }
        }
      } finally {
        writing.unlock();
      }
      if (socket.getLocalAddress() instanceof InetSocketAddress) {
        socket.shutdownOutput();
        for (int count; (count = socket.read(trash.clear())) >= 0; ) {
          if (count == 0) {
            lingerUntil(SelectionKey.OP_READ);
            return;
          }
        }
      }
    } catch (IOException e) {
      // it has ended by itself
    }
    readiness.close(socket);
  }

  private void lingerUntil(int operation) {
    if (!lingering) {
      lingering = true;
      CompletableFuture.delayedExecutor(LINGER_SECONDS, TimeUnit.SECONDS)
          .execute(() -> readiness.close(socket));
    }
    Runnable _ = readiness.once(operation, this::linger);
  }

  /// Closes at once: there is nobody at the other end, or nobody whom we know.
  void end(String reason) {
    if (closed == null) {
      closed = reason;
    }
    readiness.close(socket);
  }
}
