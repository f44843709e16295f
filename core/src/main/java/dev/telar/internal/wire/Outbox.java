package dev.telar.internal.wire;

import dev.telar.internal.codec.ClassDictionary;
import dev.telar.internal.codec.Output;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Writes frames to a non-blocking socket without ever making the caller wait.
///
/// `add` collects frames, `flush` writes as much as the socket takes. What is left over, because
/// the worker is busy or stopped, is written by a thread of its own as the socket becomes ready;
/// that thread exists only while there is a rest. Thread-safe.
public final class Outbox implements Closeable {

  private final SocketChannel channel;
  private final String threadName;
  private final Runnable onBroken;
  private final Frames frames;
  private final Selector selector;
  private final ReentrantLock lock = new ReentrantLock();
  private final ArrayDeque<ByteBuffer> pending = new ArrayDeque<>();
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(Frames.BUFFER);

  /// What of the buffer is to be written; what is added goes behind it.
  private final ByteBuffer sending = buffer.duplicate().flip();

  private final Frames.Sink sink = new Pieces();
  private boolean draining;
  private boolean broken;

  /// An outbox over a connected socket.
  ///
  /// @param onBroken is called when the socket cannot be written any more; must not block
  /// @throws IOException if the socket cannot be made non-blocking
  public Outbox(
      SocketChannel channel, ClassDictionary dictionary, String threadName, Runnable onBroken)
      throws IOException {
    this.channel = channel;
    this.onBroken = onBroken;
    this.frames = new Frames(dictionary);
    this.threadName = threadName;
    channel.configureBlocking(false);
    this.selector = Selector.open(); // now: later there may be no descriptor left for it
    channel.register(selector, SelectionKey.OP_WRITE);
  }

  /// Adds a frame whose body is the parts one after another, none of which may be changed any more.
  ///
  /// @throws dev.telar.internal.codec.MessageTooLargeException if the body would be longer than 2
  ///   GiB; nothing was added
  public void add(FrameType type, List<Output> parts) {
    lock.lock();
    try {
      if (!broken) {
        frames.write(type, parts, sink);
      }
    } finally {
      lock.unlock();
    }
  }

  private final class Pieces implements Frames.Sink {

    @Override
    public @Nullable ByteBuffer room(int bytes) {
      return pending.isEmpty() && bytes <= buffer.remaining() ? buffer : null;
    }

    @Override
    public void add(ByteBuffer piece) {
      pending.add(piece);
    }
  }

  /// Writes what the socket takes now; the rest follows by itself. An error is not reported here:
  /// the other end is gone, and whoever reads from it will see that.
  public void flush() {
    lock.lock();
    try {
      if (!draining && !broken && !writeSome()) {
        draining = true;
        Thread.ofPlatform().daemon().name(threadName).start(this::drain);
      }
    } catch (Throwable e) { // no thread to be had
      breakOff();
    } finally {
      lock.unlock();
    }
  }

  private void breakOff() {
    if (!broken) {
      broken = true;
      pending.clear();
      buffer.clear();
      onBroken.run();
    }
  }

  /// Writes until nothing is left or the socket takes no more.
  ///
  /// @return whether nothing is left
  private boolean writeSome() {
    try {
      while (true) {
        sending.limit(buffer.position());
        if (!sending.hasRemaining() && !refill()) {
          return true;
        }
        if (channel.write(sending) == 0) {
          return false;
        }
      }
    } catch (IOException e) {
      breakOff();
      return true;
    }
  }

  /// Begins to fill the buffer anew.
  ///
  /// @return whether there is anything to be written
  private boolean refill() {
    buffer.clear();
    for (ByteBuffer piece; (piece = pending.peekFirst()) != null && buffer.hasRemaining(); ) {
      int count = Math.min(piece.remaining(), buffer.remaining());
      buffer.put(piece.slice(piece.position(), count));
      piece.position(piece.position() + count);
      if (!piece.hasRemaining()) {
        pending.removeFirst();
      }
    }
    sending.position(0).limit(buffer.position());
    return sending.hasRemaining();
  }

  private void drain() {
    try {
      while (!drained()) {
        selector.select();
        selector.selectedKeys().clear();
      }
    } catch (Throwable e) { // closed under us, or no memory
      lock.lock();
      try {
        breakOff();
      } finally {
        lock.unlock();
      }
    }
  }

  private boolean drained() {
    lock.lock();
    try {
      draining = !writeSome();
      return !draining;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() throws IOException {
    selector.close();
  }
}
