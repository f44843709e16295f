package dev.telar.cli.words;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A part of a text file, so that one big file keeps all workers busy.
///
/// Ranges of bytes cut words, so the rule is: text between two white spaces belongs to the range in
/// which its *first* byte lies. Each range therefore skips what began before it and reads on past
/// its end until white space; together the ranges of a file read every byte exactly once.
///
/// @param path the file
/// @param from the first byte
/// @param to the byte behind the last one
record FileRange(String path, long from, long to) implements Piece {

  @Override
  public long bytes() {
    return to - from;
  }

  @Override
  public List<FileRange> split(long limit) {
    var ranges = new ArrayList<FileRange>();
    long parts = Math.max(1, Math.ceilDiv(bytes(), limit));
    for (long i = 0; i < parts; i++) {
      ranges.add(new FileRange(path, from + bytes() * i / parts, from + bytes() * (i + 1) / parts));
    }
    return ranges;
  }

  @Override
  public void count(TextCounter counter) throws IOException {
    try (SeekableByteChannel channel = Files.newByteChannel(Path.of(path))) {
      if (from > 0) {
        if (isBinary(channel)) {
          return;
        }
        // One byte earlier: if that one is a space, the text at `from` is ours.
        channel.position(from - 1);
      }
      try (var in = new RangeStream(Channels.newInputStream(channel), from, to)) {
        counter.count(in);
      }
    }
  }

  private static boolean isBinary(SeekableByteChannel channel) throws IOException {
    var head = ByteBuffer.allocate(8192);
    while (head.hasRemaining() && channel.read(head) >= 0) {
      // until full or at the end
    }
    return TextCounter.isBinary(head.array(), head.position());
  }

  /// The bytes that belong to a range, see there.
  private static final class RangeStream extends InputStream {
    private final BufferedInputStream in;
    private final long lastOwn;
    private long position;
    private boolean ended;

    RangeStream(InputStream file, long from, long to) throws IOException {
      in = new BufferedInputStream(file, 1 << 16);
      lastOwn = to - 1;
      position = Math.max(0, from - 1);
      if (from > 0) {
        skipWhatBeganBefore();
      }
    }

    private void skipWhatBeganBefore() throws IOException {
      int next;
      do {
        next = in.read();
        position++;
      } while (next > ' ');
      ended = next < 0 || position > lastOwn;
    }

    @Override
    public int read() throws IOException {
      if (ended) {
        return -1;
      }
      int next = in.read();
      ended = next < 0 || (position >= lastOwn && next <= ' ');
      position++;
      return next;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      long plain = lastOwn - position;
      if (!ended && plain > 0) {
        int read = in.read(target, offset, (int) Math.min(length, plain));
        position += Math.max(0, read);
        ended = read < 0;
        return read;
      }
      int count = 0;
      while (count < length) {
        int next = read();
        if (next < 0) {
          break;
        }
        target[offset + count++] = (byte) next;
      }
      return count == 0 && length > 0 ? -1 : count;
    }

    @Override
    public void close() throws IOException {
      in.close();
    }
  }
}
