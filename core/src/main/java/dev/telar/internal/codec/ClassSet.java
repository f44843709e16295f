package dev.telar.internal.codec;

import java.util.Arrays;
import java.util.function.IntConsumer;

/// A small, growable set of class ids: a bit for each. For one thread at a time.
public final class ClassSet {
  private static final long[] NONE = {};

  private long[] words = NONE; // most messages refer to few classes or none

  /// Adds an id, which is not negative.
  public void add(int id) {
    int word = id >>> 6;
    if (word >= words.length) {
      words = Arrays.copyOf(words, Math.max(word + 1, words.length * 2));
    }
    words[word] |= 1L << id;
  }

  /// Adds every id of another set.
  public void addAll(ClassSet other) {
    if (other.words.length > words.length) {
      words = Arrays.copyOf(words, other.words.length);
    }
    for (int i = 0; i < other.words.length; i++) {
      words[i] |= other.words[i];
    }
  }

  /// Tells whether an id is in this set.
  public boolean contains(int id) {
    int word = id >>> 6;
    return word < words.length && (words[word] & 1L << id) != 0;
  }

  /// Tells whether every id of another set is in this one.
  public boolean containsAll(ClassSet other) {
    for (int i = 0; i < other.words.length; i++) {
      if ((other.words[i] & ~word(i)) != 0) {
        return false;
      }
    }
    return true;
  }

  /// Tells whether there is no id in this set.
  public boolean isEmpty() {
    for (long word : words) {
      if (word != 0) {
        return false;
      }
    }
    return true;
  }

  /// Returns how many ids are in this set.
  public int size() {
    int size = 0;
    for (long word : words) {
      size += Long.bitCount(word);
    }
    return size;
  }

  /// Calls `action` with each id, smallest first.
  public void forEach(IntConsumer action) {
    for (int i = 0; i < words.length; i++) {
      for (long rest = words[i]; rest != 0; rest &= rest - 1) {
        action.accept((i << 6) + Long.numberOfTrailingZeros(rest));
      }
    }
  }

  /// Returns the ids of this set that `known` lacks, smallest first: what a channel that has
  /// already described `known` must describe before a message that refers to this set.
  public int[] missingFrom(ClassSet known) {
    var missing = new ClassSet();
    missing.words = words.clone();
    for (int i = 0; i < words.length; i++) {
      missing.words[i] &= ~known.word(i);
    }
    int[] ids = new int[missing.size()];
    int[] next = {0};
    missing.forEach(id -> ids[next[0]++] = id);
    return ids;
  }

  /// Removes every id.
  public void clear() {
    Arrays.fill(words, 0);
  }

  private long word(int index) {
    return index < words.length ? words[index] : 0;
  }
}
