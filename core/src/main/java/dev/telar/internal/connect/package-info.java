/// Messages between programs that were started apart: sockets, the proof of a shared key, frames.
@NullMarked
package dev.telar.internal.connect;

import org.jspecify.annotations.NullMarked;
