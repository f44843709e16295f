package dev.telar.internal.wire;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ByteChannel;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;

/// A socket that survives the interruption of the threads that use it.
///
/// A thread that is interrupted in a blocking operation of a [SocketChannel], or enters one while
/// its interrupt status is set, *closes* it. In a worker the threads that read jobs and write
/// results run tasks in between, and whoever interrupts a task a moment too late would cut the
/// worker off. So the socket does not block; waiting is done by a selector, which an interrupt
/// merely wakes. The interrupt status is set again afterwards.
///
/// One thread at a time may read, and one may write.
public final class UninterruptibleChannel implements ByteChannel {

  private final SocketChannel socket;
  private final Selector reading;
  private final Selector writing;

  /// Whether the last read took all that there was: then there is nothing yet, most likely, and to
  /// find that out by reading would cost as much as waiting for it.
  private boolean drained;

  /// Takes over a connected socket.
  public UninterruptibleChannel(SocketChannel socket) throws IOException {
    this.socket = socket;
    socket.configureBlocking(false);
    reading = Selector.open();
    writing = Selector.open();
    socket.register(reading, SelectionKey.OP_READ);
    socket.register(writing, SelectionKey.OP_WRITE);
  }

  /// Reads at least one byte, unless the stream has ended or the buffer is full.
  @Override
  public int read(ByteBuffer target) throws IOException {
    int room = target.remaining();
    boolean interrupted = false;
    try {
      while (room > 0) {
        if (drained) {
          interrupted |= await(reading);
        }
        int count = socket.read(target);
        drained = count >= 0 && count < room;
        if (count != 0) {
          return count;
        }
      }
      return 0;
    } finally {
      restore(interrupted);
    }
  }

  /// Writes all that remains in the buffer.
  @Override
  public int write(ByteBuffer source) throws IOException {
    int length = source.remaining();
    boolean interrupted = false;
    try {
      while (true) {
        socket.write(source);
        if (!source.hasRemaining()) {
          return length;
        }
        interrupted |= await(writing);
      }
    } finally {
      restore(interrupted);
    }
  }

  private static boolean await(Selector selector) throws IOException {
    try {
      selector.select();
      selector.selectedKeys().clear();
    } catch (ClosedSelectorException e) {
      throw new AsynchronousCloseException();
    }
    return Thread.interrupted();
  }

  private static void restore(boolean interrupted) {
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public boolean isOpen() {
    return socket.isOpen();
  }

  @Override
  public void close() throws IOException {
    try (reading;
        writing) {
      socket.close();
    }
  }
}
