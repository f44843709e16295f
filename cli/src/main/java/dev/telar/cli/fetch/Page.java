package dev.telar.cli.fetch;

import java.io.Serializable;
import java.util.List;

/// What became of one page.
///
/// @param index its place among all
/// @param url where it is
/// @param status the status of the last answer, or 0 if there was none
/// @param bytes how long it is
/// @param seconds how long it took, with all tries but without the wait for its host's turn
/// @param file where it was saved, or the empty string
/// @param failure why it is not there, or the empty string
record Page(
    int index, String url, int status, long bytes, double seconds, String file, String failure)
    implements Serializable {

  static final List<String> COLUMNS = List.of("url", "status", "bytes", "seconds", "file", "error");

  boolean isThere() {
    return failure.isEmpty();
  }

  List<Object> row() {
    Object code = status == 0 ? "" : status;
    double rounded = Math.round(seconds * 1000) / 1000.0;
    return List.of(url, code, bytes, rounded, file, failure);
  }
}
