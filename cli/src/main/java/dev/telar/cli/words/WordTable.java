package dev.telar.cli.words;

import java.io.Serial;
import java.io.Serializable;
import java.util.Arrays;

/// How often each word was seen: a hash table with open addressing, because a `HashMap` of boxed
/// counters takes half of the time of the whole job. Not thread-safe.
///
/// It travels as one byte array (see [PackedWords]): some 30 000 words of a chunk then cost one
/// copy instead of 60 000 objects.
final class WordTable implements Serializable {

  private static final long serialVersionUID = 1L;

  /// Takes the words and counts of a table, in no particular order.
  @FunctionalInterface
  interface Visitor {
    void word(String word, long count);
  }

  private String[] words;
  private long[] counts;
  private int size;
  private long total;

  WordTable() {
    this(1024);
  }

  /// A table with room for some words.
  ///
  /// @param expected how many distinct words will come, at a guess
  WordTable(int expected) {
    int capacity = Integer.highestOneBit(Math.max(16, expected) * 2 - 1) * 2;
    words = new String[capacity];
    counts = new long[capacity];
  }

  /// Counts the word that stands in a buffer, without making a string of it if it is known.
  ///
  /// @param hash the hash code that a string of these characters has
  void add(char[] buffer, int length, int hash) {
    int slot = slot(hash);
    for (String word = words[slot]; word != null; word = words[slot]) {
      if (word.hashCode() == hash && same(word, buffer, length)) {
        counts[slot]++;
        total++;
        return;
      }
      slot = (slot + 1) & (words.length - 1);
    }
    insert(slot, new String(buffer, 0, length), 1);
  }

  void add(String word, long count) {
    int slot = slot(word.hashCode());
    for (String known = words[slot]; known != null; known = words[slot]) {
      if (known.equals(word)) {
        counts[slot] += count;
        total += count;
        return;
      }
      slot = (slot + 1) & (words.length - 1);
    }
    insert(slot, word, count);
  }

  void addAll(WordTable other) {
    other.forEach(this::add);
  }

  void forEach(Visitor visitor) {
    for (int slot = 0; slot < words.length; slot++) {
      if (words[slot] != null) {
        visitor.word(words[slot], counts[slot]);
      }
    }
  }

  /// How many different words.
  int distinct() {
    return size;
  }

  /// How many words in all.
  long total() {
    return total;
  }

  /// All words, sorted by their characters.
  String[] sorted() {
    var sorted = new String[size];
    int next = 0;
    for (String word : words) {
      if (word != null) {
        sorted[next++] = word;
      }
    }
    Arrays.sort(sorted);
    return sorted;
  }

  /// How often a word was seen.
  long count(String word) {
    int slot = slot(word.hashCode());
    for (String known = words[slot]; known != null; known = words[slot]) {
      if (known.equals(word)) {
        return counts[slot];
      }
      slot = (slot + 1) & (words.length - 1);
    }
    return 0;
  }

  @Serial
  private Object writeReplace() {
    return PackedWords.of(this);
  }

  private int slot(int hash) {
    // Fibonacci hashing: the hash of short words differs mostly in its low bits.
    return ((hash * 0x9E3779B9) >>> 7) & (words.length - 1);
  }

  private static boolean same(String word, char[] buffer, int length) {
    if (word.length() != length) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (word.charAt(i) != buffer[i]) {
        return false;
      }
    }
    return true;
  }

  private void insert(int slot, String word, long count) {
    words[slot] = word;
    counts[slot] = count;
    total += count;
    if (++size * 2 > words.length) {
      grow();
    }
  }

  private void grow() {
    String[] oldWords = words;
    long[] oldCounts = counts;
    words = new String[oldWords.length * 2];
    counts = new long[oldWords.length * 2];
    for (int i = 0; i < oldWords.length; i++) {
      if (oldWords[i] != null) {
        int slot = slot(oldWords[i].hashCode());
        while (words[slot] != null) {
          slot = (slot + 1) & (words.length - 1);
        }
        words[slot] = oldWords[i];
        counts[slot] = oldCounts[i];
      }
    }
  }
}
