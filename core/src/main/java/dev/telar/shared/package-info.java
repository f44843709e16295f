/// Objects that processes share: values, locks, queues and arrays in memory that several JVMs map.
///
/// They come from [Shared#open()][dev.telar.shared.Shared#open()].
@NullMarked
package dev.telar.shared;

import org.jspecify.annotations.NullMarked;
