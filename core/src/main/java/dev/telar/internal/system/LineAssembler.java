package dev.telar.internal.system;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.function.Consumer;

/// Cuts a stream of UTF-8 bytes into lines, in bounded memory. Not thread-safe.
final class LineAssembler {
  /// A longer line is split, so that a flood without a line end cannot fill the parent's heap.
  static final int LONGEST = 64 * 1024;

  private static final int USUAL = 512;

  private final Consumer<String> lines;
  private byte[] pending = new byte[USUAL];
  private int length;
  private boolean justSplit;

  LineAssembler(Consumer<String> lines) {
    this.lines = lines;
  }

  /// Bytes taken in that are not part of an emitted line yet.
  int pendingBytes() {
    return length;
  }

  void accept(byte[] bytes, int count) {
    int start = 0;
    for (int i = 0; i < count; i++) {
      if (bytes[i] == '\n') {
        append(bytes, start, i);
        endLine();
        start = i + 1;
      }
    }
    append(bytes, start, count);
  }

  /// Emits an unfinished line as if it had ended here.
  void flush() {
    if (length > 0) {
      emit(length);
    }
    justSplit = false;
  }

  private void endLine() {
    if (length > 0 || !justSplit) { // a line of exactly the longest length is already out
      int end = length > 0 && pending[length - 1] == '\r' ? length - 1 : length;
      String line = new String(pending, 0, end, UTF_8);
      reset();
      lines.accept(line);
    }
    justSplit = false;
  }

  private void append(byte[] bytes, int from, int to) {
    while (from < to) {
      int taken = Math.min(to - from, LONGEST - length);
      if (length + taken > pending.length) {
        pending =
            Arrays.copyOf(pending, Math.min(LONGEST, Math.max(2 * pending.length, length + taken)));
      }
      System.arraycopy(bytes, from, pending, length, taken);
      length += taken;
      from += taken;
      if (length == LONGEST) {
        emit(characterBoundary());
        justSplit = length == 0;
      }
    }
  }

  /// Where to cut a full buffer so that no character is torn: before an unfinished sequence.
  private int characterBoundary() {
    int start = length - 1;
    while (start > length - 4 && (pending[start] & 0xC0) == 0x80) {
      start--;
    }
    int lead = pending[start] & 0xFF;
    int wanted = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC0 ? 2 : 1;
    return start + wanted > length ? start : length;
  }

  private void emit(int end) {
    String line = new String(pending, 0, end, UTF_8);
    System.arraycopy(pending, end, pending, 0, length - end);
    length -= end;
    if (length == 0) {
      reset();
    }
    lines.accept(line);
  }

  private void reset() {
    length = 0;
    if (pending.length > 8 * 1024) {
      pending = new byte[USUAL]; // one long line must not cost its memory for ever
    }
  }
}
