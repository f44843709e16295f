/// The workloads that show one thing each: computing, waiting, and waiting for one lock.
@NullMarked
package dev.telar.cli.compute;

import org.jspecify.annotations.NullMarked;
