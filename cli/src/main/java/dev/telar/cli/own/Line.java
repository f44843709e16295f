package dev.telar.cli.own;

import java.io.Serializable;

/// One line of the input.
///
/// @param index its place among all
/// @param text the line
record Line(int index, String text) implements Serializable {}
