package dev.telar.cli.words;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.Locale;

/// Finds the words of a text: runs of letters of any script with their combining marks, and
/// apostrophes between two letters (*don't*). Letters next to digits (`0x1f`, `u00e9`, `sha256`)
/// are codes, not words, and left out. Words are counted in lower case ([Locale#ROOT]) and in
/// Unicode's composed form (NFC), so that the same word is the same word wherever it was typed.
///
/// ASCII goes through without making a string; everything else takes the slow, exact path. Not
/// thread-safe.
final class WordScanner {

  private final WordTable table;
  private char[] word = new char[256];

  WordScanner(WordTable table) {
    this.table = table;
  }

  /// Counts the words of a piece of text that begins and ends between two words.
  void scan(CharSequence text) {
    int length = 0;
    int hash = 0;
    boolean ascii = true;
    boolean code = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      char lower = (char) (c | 0x20);
      if (lower >= 'a' && lower <= 'z' && c < 0x80) {
        word[length++] = lower;
        hash = 31 * hash + lower;
      } else if (c >= 0x80 && belongs(text, i, length)) {
        ascii = false;
        word[length++] = c;
      } else if (length > 0 && isApostrophe(c) && i + 1 < text.length() && letter(text, i + 1)) {
        word[length++] = '\'';
        hash = 31 * hash + '\'';
      } else if (isDigit(c)) {
        code = true;
      } else if (length > 0 || code) {
        end(code ? 0 : length, hash, ascii);
        length = 0;
        hash = 0;
        ascii = true;
        code = false;
      }
      if (length == word.length) {
        word = Arrays.copyOf(word, length * 2);
      }
    }
    end(code ? 0 : length, hash, ascii);
  }

  private void end(int length, int hash, boolean ascii) {
    if (length == 0) {
      return;
    }
    if (ascii) {
      table.add(word, length, hash);
    } else {
      String lower = new String(word, 0, length).toLowerCase(Locale.ROOT);
      table.add(Normalizer.normalize(lower, Normalizer.Form.NFC), 1);
    }
  }

  /// Whether the character at `i` is part of a word of which `length` characters have been read.
  private static boolean belongs(CharSequence text, int i, int length) {
    int codePoint = codePoint(text, i);
    if (Character.isLetter(codePoint)) {
      return true;
    }
    return length > 0
        && switch (Character.getType(codePoint)) {
          case Character.NON_SPACING_MARK, Character.COMBINING_SPACING_MARK -> true;
          default -> false;
        };
  }

  private static boolean letter(CharSequence text, int i) {
    return Character.isLetter(codePoint(text, i));
  }

  /// The code point of which the character at `i` is a half or the whole.
  private static int codePoint(CharSequence text, int i) {
    char c = text.charAt(i);
    if (Character.isLowSurrogate(c) && i > 0 && Character.isHighSurrogate(text.charAt(i - 1))) {
      return Character.toCodePoint(text.charAt(i - 1), c);
    }
    return Character.codePointAt(text, i);
  }

  private static boolean isDigit(char c) {
    return (c >= '0' && c <= '9') || (c >= 0x80 && Character.isDigit(c));
  }

  private static boolean isApostrophe(char c) {
    return c == '\'' || c == '’';
  }
}
