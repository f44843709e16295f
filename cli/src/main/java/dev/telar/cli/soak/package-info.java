/// `telar soak`: a pool under a mixed load whose workers are killed and stopped all the time, and
/// what must hold nevertheless.
@NullMarked
package dev.telar.cli.soak;

import org.jspecify.annotations.NullMarked;
