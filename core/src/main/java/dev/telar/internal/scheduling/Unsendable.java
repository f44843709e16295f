package dev.telar.internal.scheduling;

import dev.telar.TaskNotSerializableException;

/// Stands among the items of a flow that collects failures for one that cannot travel.
///
/// @param error why
public record Unsendable(TaskNotSerializableException error) {}
