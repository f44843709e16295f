/// The child's side: what runs in a worker process.
@NullMarked
package dev.telar.internal.worker;

import org.jspecify.annotations.NullMarked;
