/// The engine over child JVMs: starting them, sending them jobs, and what to do when one dies.
@NullMarked
package dev.telar.internal.process;

import org.jspecify.annotations.NullMarked;
