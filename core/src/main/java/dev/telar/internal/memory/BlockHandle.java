package dev.telar.internal.memory;

import java.io.Serializable;

/// Where a [Block] is: what travels to another process, which attaches it there
/// ([SharedArena#attach]).
///
/// @param directory of the arena
/// @param arena its random number, by which a directory of the same name is told apart
/// @param file of the arena that holds the block
/// @param offset in the file
/// @param size in bytes
public record BlockHandle(String directory, long arena, String file, long offset, long size)
    implements Serializable {}
