package dev.telar.internal.process;

/// A function that is sent to each worker once.
///
/// @param id its number in this pool
/// @param encoded its bytes
record EncodedFunction(int id, Encoded encoded) {}
