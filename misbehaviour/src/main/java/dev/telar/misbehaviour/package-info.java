/// What code can do to the JVM that runs it: a catalogue of accidents, each one a task, for the
/// tests of whatever runs code that its author does not trust to behave.
///
/// Start with [Misbehaviour]; each of its constants is a `Callable` that can be sent to another
/// JVM.
@NullMarked
package dev.telar.misbehaviour;

import org.jspecify.annotations.NullMarked;
