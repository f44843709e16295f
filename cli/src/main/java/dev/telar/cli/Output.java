package dev.telar.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;

/// Standard output that tells when it cannot be written, which `System.out` keeps to itself.
final class Output {

  // Not closed: the JVM may have more to say.
  private static final FileOutputStream OUT = new FileOutputStream(FileDescriptor.out);

  private Output() {}

  /// Writes text at once.
  ///
  /// @throws BrokenPipeException if nobody reads it any more
  /// @throws IOException if it cannot be written, for instance to a full disk
  static void print(String text) throws IOException {
    try {
      OUT.write(text.getBytes(charset()));
      OUT.flush();
    } catch (IOException e) {
      if (String.valueOf(e.getMessage()).contains("Broken pipe")) {
        throw new BrokenPipeException(e);
      }
      throw new IOException("cannot write the output: " + e.getMessage(), e);
    }
  }

  private static Charset charset() {
    return Charset.forName(System.getProperty("stdout.encoding"), Charset.defaultCharset());
  }
}
