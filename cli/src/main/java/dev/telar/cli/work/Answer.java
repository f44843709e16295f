package dev.telar.cli.work;

import java.util.List;
import java.util.Map;

/// What a job found. Two runs did the same work if their answers are equal.
///
/// @param lines the answer for people
/// @param facts the answer for programs: strings, numbers, lists and maps, in the order in which
///   they are to be printed
public record Answer(List<String> lines, Map<String, Object> facts) {}
