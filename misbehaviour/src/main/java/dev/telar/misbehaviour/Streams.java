package dev.telar.misbehaviour;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Accidents with standard output and standard error.
final class Streams {

  private static final int BLOCK = 1 << 16;
  private static final int BLOCKS_OF_A_GIB = (1 << 30) / BLOCK;

  private Streams() {}

  static @Nullable Object close() throws IOException {
    System.out.close();
    System.err.close();
    new FileOutputStream(FileDescriptor.out).close();
    new FileOutputStream(FileDescriptor.err).close();
    return null;
  }

  static @Nullable Object closeDescriptors() {
    Native.close(1);
    Native.close(2);
    return null;
  }

  static @Nullable Object floodStdout() {
    return flood(System.out);
  }

  static @Nullable Object floodStderr() {
    return flood(System.err);
  }

  private static @Nullable Object flood(PrintStream stream) {
    byte[] block = new byte[BLOCK];
    Arrays.fill(block, (byte) 'x');
    for (int i = 0; i < BLOCKS_OF_A_GIB; i++) {
      stream.write(block, 0, block.length);
    }
    return null;
  }

  /// Frames begin with `T`, a version, a type; a length of four bytes follows. All types, with a
  /// length that is right, too large, negative.
  static @Nullable Object printTheProtocol() throws IOException {
    OutputStream out = new FileOutputStream(FileDescriptor.out);
    OutputStream err = new FileOutputStream(FileDescriptor.err);
    for (OutputStream stream : new OutputStream[] {System.out, System.err, out, err}) {
      for (int type = 0; type < 32; type++) {
        for (int length : new int[] {0, 8, Integer.MAX_VALUE, -1}) {
          byte[] header = {'T', 1, (byte) type, 0};
          stream.write(ByteBuffer.allocate(8).put(header).putInt(length).array());
        }
      }
      stream.write(
          "\u0000\u0003\u0004\u001a\u001b[2J\u001b]0;\r\n".getBytes(StandardCharsets.UTF_8));
      stream.write(new byte[] {(byte) 0xC3, (byte) 0xFF, (byte) 0xFE, '\n'}); // no UTF-8
      stream.flush();
    }
    return null;
  }

  static @Nullable Object replace() throws IOException {
    System.setOut(new PrintStream(new Throws()));
    System.setErr(new PrintStream(new Throws()));
    InputStream closed = InputStream.nullInputStream();
    closed.close();
    System.setIn(closed);
    return null;
  }

  private static final class Throws extends OutputStream {
    @Override
    public void write(int b) {
      throw new IllegalStateException("nobody may print here");
    }
  }
}
