/// What parent and worker say to each other: frames over Unix domain sockets, and claim words on a
/// shared page.
@NullMarked
package dev.telar.internal.wire;

import org.jspecify.annotations.NullMarked;
