package dev.telar.cli.words;

import dev.telar.cli.work.InputException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// Text that was found: what it is called, and where it is.
///
/// @param name what it is, for people
/// @param files how many files, entries or classes it has
/// @param pieces where it is
record Text(String name, int files, List<? extends Piece> pieces) {

  Text {
    pieces = List.copyOf(pieces);
  }

  /// How much there is to read.
  long bytes() {
    return pieces.stream().mapToLong(Piece::bytes).sum();
  }

  /// Puts several texts together.
  static Text join(List<Text> texts) {
    var pieces = new ArrayList<Piece>();
    int files = 0;
    for (Text text : texts) {
      pieces.addAll(text.pieces());
      files += text.files();
    }
    String name = texts.getFirst().name();
    return new Text(
        texts.size() == 1 ? name : name + " and " + (texts.size() - 1) + " more", files, pieces);
  }

  /// Cuts and packs the text into batches of about the same length.
  ///
  /// @param target how many bytes a batch should have
  /// @throws InputException if something cannot be read
  List<Batch> batches(long target) throws InputException {
    var parts = new ArrayList<Piece>();
    for (Piece piece : pieces) {
      try {
        parts.addAll(piece.split(target));
      } catch (IOException e) {
        throw new InputException(piece.path(), e);
      }
    }
    return Batch.pack(parts, target);
  }
}
