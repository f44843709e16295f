package dev.telar.cli.own;

import java.io.Serializable;

/// What a task gave for a line, as text: what it returns need not be serializable.
///
/// @param index the place of the line
/// @param line the line
/// @param text what the task returned, or the empty string
/// @param failure why it returned nothing, or the empty string
record Result(int index, String line, String text, String failure) implements Serializable {

  boolean isThere() {
    return failure.isEmpty();
  }
}
