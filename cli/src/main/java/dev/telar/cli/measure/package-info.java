/// Runs a job in one way and measures it, in a JVM of its own.
@NullMarked
package dev.telar.cli.measure;

import org.jspecify.annotations.NullMarked;
