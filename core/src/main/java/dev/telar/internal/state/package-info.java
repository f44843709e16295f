/// What stays in a worker between tasks, on either side of the wire.
@NullMarked
package dev.telar.internal.state;

import org.jspecify.annotations.NullMarked;
