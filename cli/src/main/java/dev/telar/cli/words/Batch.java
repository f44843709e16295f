package dev.telar.cli.words;

import dev.telar.cli.work.InputException;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/// The pieces of text that one task reads: many small files or a part of a big one, so that every
/// task has about the same to do.
///
/// @param pieces where the text is
record Batch(List<Piece> pieces) implements Serializable {

  Batch {
    pieces = new ArrayList<>(pieces);
  }

  /// Puts pieces together, in their order, until each batch has about `target` bytes.
  static List<Batch> pack(List<? extends Piece> pieces, long target) {
    var batches = new ArrayList<Batch>();
    var current = new ArrayList<Piece>();
    long bytes = 0;
    for (Piece piece : pieces) {
      if (!current.isEmpty() && bytes + piece.bytes() > target) {
        batches.add(new Batch(current));
        current.clear();
        bytes = 0;
      }
      current.add(piece);
      bytes += piece.bytes();
    }
    if (!current.isEmpty()) {
      batches.add(new Batch(current));
    }
    return batches;
  }

  /// Counts the words of all pieces: the function of the tasks.
  WordTable count() throws InputException {
    var table = new WordTable();
    var counter = new TextCounter(table);
    for (Piece piece : pieces) {
      try {
        piece.count(counter);
      } catch (IOException e) {
        throw new InputException(piece.path(), e);
      }
    }
    return table;
  }
}
