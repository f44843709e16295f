package dev.telar.cli.work;

import java.util.List;
import java.util.Map;

/// What a job found. Two runs did the same work if their answers agree.
///
/// @param lines the answer for people
/// @param facts the answer for programs: strings, numbers, lists and maps, in the order in which
///   they are to be printed
/// @param failures a line for each item that failed: the item, a colon, why
/// @param exact whether the same work finds the same each time; pages of the web, for instance,
///   change, and then only the number of failures is compared
public record Answer(
    List<String> lines, Map<String, Object> facts, List<String> failures, boolean exact) {

  /// An exact answer without failures.
  ///
  /// @param lines the answer for people
  /// @param facts the answer for programs
  public Answer(List<String> lines, Map<String, Object> facts) {
    this(lines, facts, List.of(), true);
  }

  /// Whether another run did the same work.
  ///
  /// @param other what it found
  /// @return true if it is as like this one as the work allows
  public boolean agrees(Answer other) {
    return exact ? equals(other) : failures.size() == other.failures.size();
  }
}
