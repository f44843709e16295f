/// The engines inside this JVM: a bounded number of platform threads, or a virtual thread for each
/// task.
@NullMarked
package dev.telar.internal.threads;

import org.jspecify.annotations.NullMarked;
