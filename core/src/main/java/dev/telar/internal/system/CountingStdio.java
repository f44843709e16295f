package dev.telar.internal.system;

import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.VarHandle;

/// The worker's `System.out` and `System.err`: UTF-8, in the pipe after every print, and counted.
///
/// The counts go with each result, so that the parent knows how much output to wait for before it
/// completes the future (see [OutputPump]). A count rises *before* its bytes are written: whoever
/// sees bytes come out of the pipe sees a count that includes them. The counters may lie on a
/// shared page, for the parent to read at any time.
public final class CountingStdio {
  private static final VarHandle COUNTER = JAVA_LONG.varHandle();

  /// Size of the segment that [#install(MemorySegment)] needs.
  public static final long COUNTERS_BYTES = 2 * Long.BYTES;

  private final MemorySegment counters;
  private final PrintStream out;
  private final PrintStream err;

  private CountingStdio(MemorySegment counters) {
    this.counters = counters;
    this.out = stream(FileDescriptor.out, 0);
    this.err = stream(FileDescriptor.err, Long.BYTES);
  }

  /// Replaces `System.out` and `System.err`, with counters of its own.
  public static CountingStdio install() {
    return install(MemorySegment.ofArray(new long[2]));
  }

  /// Replaces `System.out` and `System.err`.
  ///
  /// @param counters 16 bytes, aligned to 8: the count of the output, then of the error stream
  public static CountingStdio install(MemorySegment counters) {
    CountingStdio stdio = new CountingStdio(counters);
    System.setOut(stdio.out);
    System.setErr(stdio.err);
    return stdio;
  }

  /// Bytes given to the standard output so far. Any thread may ask.
  public long outBytes() {
    return (long) COUNTER.getVolatile(counters, 0L);
  }

  /// Bytes given to the standard error stream so far. Any thread may ask.
  public long errBytes() {
    return (long) COUNTER.getVolatile(counters, (long) Long.BYTES);
  }

  /// Writes what is still buffered: only single bytes written by `System.out.write(int)` can be.
  public void flush() {
    out.flush();
    err.flush();
  }

  private PrintStream stream(FileDescriptor descriptor, long offset) {
    // With autoflush, PrintStream flushes after every print; the buffer only joins what one print
    // writes in pieces. A JVM that dies in the next instruction has lost nothing.
    return new Unclosed(new BufferedOutputStream(new Counted(descriptor, offset), 8192));
  }

  /// A task that closes `System.out` must not silence the tasks after it.
  private static final class Unclosed extends PrintStream {
    Unclosed(BufferedOutputStream out) {
      super(out, true, UTF_8);
    }

    @Override
    public void close() {
      flush();
    }
  }

  private final class Counted extends FileOutputStream {
    private final long offset;

    Counted(FileDescriptor descriptor, long offset) {
      super(descriptor);
      this.offset = offset;
    }

    @Override
    public void write(int b) throws IOException {
      count(1);
      super.write(b);
    }

    @Override
    public void write(byte[] bytes) throws IOException {
      write(bytes, 0, bytes.length);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      count(length);
      super.write(bytes, from, length);
    }

    private void count(int length) {
      var _ = (long) COUNTER.getAndAdd(counters, offset, (long) length);
    }
  }
}
