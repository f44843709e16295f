/// Operating-system processes as such: limits, directories, command lines, output, exit, killing.
///
/// Nothing here knows pools, sockets or codecs.
@NullMarked
package dev.telar.internal.system;

import org.jspecify.annotations.NullMarked;
