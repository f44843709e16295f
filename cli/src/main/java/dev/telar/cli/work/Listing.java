package dev.telar.cli.work;

import java.util.List;

/// What a job found, row by row: what it prints when it runs on its own.
///
/// @param columns the names of the columns, in lower case, good for JSON
/// @param rows as many cells as columns: strings, numbers, or the empty string for nothing
/// @param shown how many rows a person wants to see; programs get all
public record Listing(List<String> columns, List<List<Object>> rows, int shown) {

  /// All rows are shown.
  ///
  /// @param columns the names of the columns
  /// @param rows the rows
  public Listing(List<String> columns, List<List<Object>> rows) {
    this(columns, rows, rows.size());
  }
}
