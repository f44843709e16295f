package dev.telar.internal.wire;

import dev.telar.internal.codec.Input;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/// Reads frames from a blocking channel. Not thread-safe.
///
/// A body is read in pieces as its bytes arrive; the length in the header is not believed before
/// that.
public final class FrameReader {

  private static final int BUFFER = 64 * 1024;
  private static final int PIECE = 1 << 20;

  private final ReadableByteChannel channel;
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER).flip();

  public FrameReader(ReadableByteChannel channel) {
    this.channel = channel;
  }

  /// Whether the next frame is at hand as a whole.
  public boolean hasFrame() {
    int available = buffer.remaining();
    return available >= Frame.HEADER
        && available - Frame.HEADER >= buffer.getInt(buffer.position() + 4);
  }

  /// The next frame.
  ///
  /// @return null at the end of the stream
  /// @throws EOFException if the stream ends within a frame
  public @Nullable Frame read() throws IOException {
    if (!fill(Frame.HEADER)) {
      return null;
    }
    byte magic = buffer.get();
    byte version = buffer.get();
    if (magic != Frame.MAGIC || version != Frame.VERSION) {
      throw new ProtocolException(
          "not a frame of version %d: 0x%02x 0x%02x".formatted(Frame.VERSION, magic, version));
    }
    FrameType type = FrameType.of(buffer.get());
    buffer.get();
    int length = buffer.getInt();
    if (length < 0) {
      throw new ProtocolException("frame of negative length " + length);
    }
    return new Frame(type, length <= BUFFER ? small(length) : large(length));
  }

  private Input small(int length) throws IOException {
    if (!fill(length)) {
      throw new EOFException("the stream ended within a frame");
    }
    byte[] body = new byte[length];
    buffer.get(body);
    return Input.of(body);
  }

  private Input large(int length) throws IOException {
    var pieces = new ArrayList<byte[]>();
    for (int left = length; left > 0; ) {
      byte[] piece = new byte[Math.min(left, PIECE)];
      ByteBuffer target = ByteBuffer.wrap(piece);
      int buffered = Math.min(buffer.remaining(), piece.length);
      target.put(buffer.slice(buffer.position(), buffered));
      buffer.position(buffer.position() + buffered);
      while (target.hasRemaining()) {
        if (channel.read(target) < 0) {
          throw new EOFException("the stream ended within a frame");
        }
      }
      pieces.add(piece);
      left -= piece.length;
    }
    return Input.of(pieces.toArray(byte[][]::new));
  }

  /// Makes so many bytes available in the buffer.
  ///
  /// @return false if the stream ended before the first of them
  private boolean fill(int needed) throws IOException {
    while (buffer.remaining() < needed) {
      buffer.compact();
      int count;
      try {
        count = channel.read(buffer);
      } finally {
        buffer.flip(); // else whoever reads after a failure finds the bytes of old frames
      }
      if (count < 0) {
        if (buffer.hasRemaining()) {
          throw new EOFException("the stream ended within a frame");
        }
        return false;
      }
    }
    return true;
  }
}
