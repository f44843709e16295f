package dev.telar.internal.wire;

import dev.telar.internal.codec.ClassDictionary;
import dev.telar.internal.codec.Output;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Writes frames to a blocking channel, each as a whole and at once. Thread-safe; a thread that
/// writes may wait for the other side to read.
public final class FrameWriter {

  private final WritableByteChannel channel;
  private final Frames frames;
  private final ReentrantLock lock = new ReentrantLock();
  private final Pieces pieces = new Pieces();
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(Frames.BUFFER);

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
    lock.lock();
    try {
      frames.write(type, parts, pieces);
      for (ByteBuffer piece : pieces.large) {
        put(piece);
      }
      flush();
    } finally {
      pieces.large.clear();
      lock.unlock();
    }
  }

  /// What one call writes: nothing of it is on its way before all of it is there.
  private final class Pieces implements Frames.Sink {
    private final ArrayDeque<ByteBuffer> large = new ArrayDeque<>();

    @Override
    public @Nullable ByteBuffer room(int bytes) {
      return large.isEmpty() && bytes <= buffer.remaining() ? buffer : null;
    }

    @Override
    public void add(ByteBuffer piece) {
      large.add(piece);
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
