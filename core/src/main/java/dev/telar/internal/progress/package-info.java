/// How a task tells how far it is, whatever runs it.
@NullMarked
package dev.telar.internal.progress;

import org.jspecify.annotations.NullMarked;
