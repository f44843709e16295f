/// The kill suite: processes that use shared objects die by SIGKILL at every labelled step, and
/// what must hold afterwards is looked at.
///
/// - A [Scenario] sets up a [Trial]: objects, what the victim does with them ([Act]), what others
///   do with them meanwhile, and what must hold when the victim is dead.
/// - The [Stage] is a JVM of its own, with or without native access: it owns the objects, runs the
///   survivors, and picks for each victim the label and the occurrence at which it dies.
/// - The [Victim] is a JVM that runs some acts at once, each on a thread of its own (a *lane*),
///   each frozen at its step. When all are, the whole process is killed.
///
/// Which labels there are is read from the sources ([Labels]); one that no scenario reaches fails
/// the test.
@org.jspecify.annotations.NullUnmarked
package dev.telar.kill;
