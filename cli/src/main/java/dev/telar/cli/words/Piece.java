package dev.telar.cli.words;

import java.io.IOException;
import java.io.Serializable;
import java.util.List;

/// A place where text is. It is small, travels to a worker, and is read there.
sealed interface Piece extends Serializable permits FileRange, ZipEntries, ClassFolder {

  /// What it is a part of, for messages.
  String path();

  /// How many bytes there are to read, for the balance between tasks.
  long bytes();

  /// Cuts it where it is longer than a limit and can be cut.
  ///
  /// @throws IOException if it cannot be read
  List<? extends Piece> split(long limit) throws IOException;

  /// Counts its words.
  ///
  /// @throws IOException if it cannot be read
  void count(TextCounter counter) throws IOException;
}
