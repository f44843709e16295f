package dev.telar.internal.memory;

import dev.telar.shared.SharedMemoryException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;

/// A file that was made for an arena.
///
/// @param name within the arena's directory, or, if there was no room, an absolute path
/// @param segment all of it, mapped: zeros
record NewFile(String name, MemorySegment segment) {
  private static final System.Logger LOG = System.getLogger(NewFile.class.getName());

  /// Makes one; where there is no room for it, on another file system, which may be slower.
  ///
  /// @param end deletes it there
  /// @throws SharedMemoryException if there is no room anywhere
  static NewFile make(Path directory, String name, long size, ArenaEnd end) {
    try {
      return new NewFile(name, ArenaFile.create(directory.resolve(name), size));
    } catch (SharedMemoryException noRoom) {
      if (end.isOver()) {
        throw noRoom; // the directory is gone
      }
      Path other = end.elsewhere(directory.getFileName() + "-" + name, noRoom);
      MemorySegment segment;
      try {
        segment = ArenaFile.create(other, size);
      } catch (SharedMemoryException nowhere) {
        noRoom.addSuppressed(nowhere);
        throw noRoom;
      }
      LOG.log(
          System.Logger.Level.WARNING,
          "{0} of shared memory are in {1}, since there is no room in {2}: slower, if that is a"
              + " disk",
          ArenaFile.bytes(size),
          other.getParent(),
          directory);
      return new NewFile(other.toString(), segment);
    }
  }
}
