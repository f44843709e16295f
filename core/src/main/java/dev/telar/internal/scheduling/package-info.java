/// One scheduler for every engine: queues, chunks, order, windows, time limits, retries,
/// cancellation.
@NullMarked
package dev.telar.internal.scheduling;

import org.jspecify.annotations.NullMarked;
