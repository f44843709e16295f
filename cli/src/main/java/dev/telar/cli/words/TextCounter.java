package dev.telar.cli.words;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Counts the words of UTF-8 text that is too long to be held at once. One for each task, so that
/// its buffer is used again for thousands of small files. Not thread-safe.
///
/// It reads blocks that end at white space (a byte of 0x20 or less, which is part of no other
/// character in UTF-8), because no word goes across white space.
final class TextCounter {

  private static final int BLOCK = 1 << 18;
  // Text without any space: beyond this length it is cut where it is.
  private static final int LONGEST = 1 << 26;
  private static final int HEAD = 8192;

  private final WordTable table;
  private final WordScanner scanner;
  private byte[] buffer = new byte[BLOCK];

  TextCounter(WordTable table) {
    this.table = table;
    this.scanner = new WordScanner(table);
  }

  /// Counts the words of text that is at hand.
  void count(CharSequence text) {
    scanner.scan(text);
  }

  /// Counts one word.
  void countWord(String word) {
    table.add(word, 1);
  }

  /// Counts all words of a stream, unless it is binary.
  void count(InputStream in) throws IOException {
    int have = in.readNBytes(buffer, 0, buffer.length);
    if (!isBinary(buffer, have)) {
      countFrom(in, have);
    }
  }

  /// Whether a file is no text: whether it has a zero byte near its start, as `grep` and `git`
  /// judge.
  static boolean isBinary(byte[] head, int length) {
    for (int i = 0; i < Math.min(length, HEAD); i++) {
      if (head[i] == 0) {
        return true;
      }
    }
    return false;
  }

  private void countFrom(InputStream in, int firstBytes) throws IOException {
    int have = firstBytes;
    while (have == buffer.length) {
      int cut = lastSpace(have);
      if (cut == 0 && buffer.length < LONGEST) {
        buffer = Arrays.copyOf(buffer, buffer.length * 2);
      } else {
        cut = cut == 0 ? lastCharacter(have) : cut;
        scanner.scan(new String(buffer, 0, cut, StandardCharsets.UTF_8));
        System.arraycopy(buffer, cut, buffer, 0, have - cut);
        have -= cut;
      }
      have += in.readNBytes(buffer, have, buffer.length - have);
    }
    scanner.scan(new String(buffer, 0, have, StandardCharsets.UTF_8));
  }

  private int lastSpace(int end) {
    int cut = end;
    while (cut > 0 && (buffer[cut - 1] < 0 || buffer[cut - 1] > ' ')) {
      cut--;
    }
    return cut;
  }

  private int lastCharacter(int end) {
    int cut = end - 1;
    while (cut > end - 4 && (buffer[cut] & 0xC0) == 0x80) {
      cut--;
    }
    return cut;
  }
}
