package dev.telar.internal.wire;

import dev.telar.internal.codec.ClassDictionary;
import dev.telar.internal.codec.Output;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/// Writes frames to a blocking channel, each as a whole and at once. Thread-safe; a thread that
/// writes may wait for the other side to read.
public final class FrameWriter {

  private static final int BUFFER = 64 * 1024;

  private final WritableByteChannel channel;
  private final Frames frames;
  private final ReentrantLock lock = new ReentrantLock();
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER);

  public FrameWriter(WritableByteChannel channel, ClassDictionary dictionary) {
    this.channel = channel;
    this.frames = new Frames(dictionary);
  }

  /// Writes a frame whose body is the parts one after another.
  ///
  /// @throws dev.telar.internal.codec.MessageTooLargeException if the body would be longer than 2
  ///   GiB; nothing was written
  public void write(FrameType type, Output... parts) throws IOException {
    write(type, List.of(parts));
  }

  /// Writes a frame whose body is the parts one after another.
  ///
  /// @throws dev.telar.internal.codec.MessageTooLargeException if the body would be longer than 2
  ///   GiB; nothing was written
  public void write(FrameType type, List<Output> parts) throws IOException {
    var pieces = new ArrayDeque<ByteBuffer>();
    lock.lock();
    try {
      frames.write(type, parts, pieces::add);
      for (ByteBuffer piece : pieces) {
        put(piece);
      }
      flush();
    } finally {
      lock.unlock();
    }
  }

  private void put(ByteBuffer piece) throws IOException {
    while (piece.hasRemaining()) {
      int count = Math.min(piece.remaining(), buffer.remaining());
      buffer.put(piece.slice(piece.position(), count));
      piece.position(piece.position() + count);
      if (!buffer.hasRemaining()) {
        flush();
      }
    }
  }

  private void flush() throws IOException {
    buffer.flip();
    try {
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
    } finally {
      buffer.clear();
    }
  }
}
