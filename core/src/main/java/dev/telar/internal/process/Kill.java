package dev.telar.internal.process;

import dev.telar.CrashCause;

/// Why Telar itself ended a worker.
///
/// @param cause what the tasks in it are told
/// @param reason the same in words, to follow "because"
record Kill(CrashCause cause, String reason) {}
