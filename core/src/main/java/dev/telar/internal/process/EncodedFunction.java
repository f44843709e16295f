package dev.telar.internal.process;

/// A function that is sent to each worker once.
///
/// @param id its number in this pool, which no state has
/// @param encoded its bytes
record EncodedFunction(int id, Encoded encoded) {}
