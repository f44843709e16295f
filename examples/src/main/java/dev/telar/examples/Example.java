package dev.telar.examples;

/// One example, as `telar examples` lists it and `telar example NAME` runs it.
///
/// @param name the name of its class in kebab-case, such as `two-tasks-in-sequence`
/// @param summary one sentence: what it shows
/// @param main runs it
public record Example(String name, String summary, ThrowingMain main) {}
