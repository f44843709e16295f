package dev.telar.internal.process;

/// What makes a state, which is sent to each worker once.
///
/// @param id its number in this pool, which no function has
/// @param initializer its bytes
record EncodedState(int id, Encoded initializer) {}
