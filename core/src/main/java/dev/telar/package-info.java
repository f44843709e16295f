/// What a user of Telar imports: pools over threads and over isolated JVM processes, their tasks,
/// futures, options and errors.
@NullMarked
package dev.telar;

import org.jspecify.annotations.NullMarked;
