package dev.telar;

/// What the engine of a pool can do, so that code and documents can tell the truth about each.
///
/// @param parallelism how many tasks run at once; `Integer.MAX_VALUE` if as many as there are
/// @param isolated whether a task that crashes its JVM leaves the caller and the other tasks unhurt
/// @param killsRunningTasks whether a running task that ignores interruption can be ended
/// @param capsMemory whether what a task may allocate is bounded apart from the caller's heap
/// @param sharesObjects whether tasks see the caller's own objects instead of copies
/// @param interruptsRunningTasks whether a running task is told of cancellation by an interrupt
public record Capabilities(
    int parallelism,
    boolean isolated,
    boolean killsRunningTasks,
    boolean capsMemory,
    boolean sharesObjects,
    boolean interruptsRunningTasks) {}
