package dev.telar.internal.bulk;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.telar.internal.memory.FaultPoint;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// A file that two processes map.
///
/// ```
///   0     magic, version
///   8     word: 0 free, > 0 the number of the loan, −1 retired: will never be lent again
///   4096  the value
/// ```
///
/// Only its owner changes the word from 0. The file never shrinks while anybody maps it, so nothing
/// that is read here can fault.
final class SegmentFile {
  static final long HEADER = 4096;

  private static final long RETIRED = -1;
  private static final int MAGIC = 0x54424c4b;
  private static final int VERSION = 1;
  private static final long WORD_AT = 8;
  private static final VarHandle WORD = JAVA_LONG.varHandle();
  private static final int PIECE = 1 << 16;

  private final int id;
  private final Path path;
  private final Arena arena;
  private final MemorySegment memory;

  private SegmentFile(int id, Path path, Arena arena, MemorySegment memory) {
    this.id = id;
    this.path = path;
    this.arena = arena;
    this.memory = memory;
  }

  /// The owner makes a file, lent to a first loan.
  ///
  /// @throws IOException also if there is no space left: all of it is really written, because
  ///   mapping past the end of a full tmpfs succeeds and faults later
  static SegmentFile create(int id, Path path, long capacity, long loan) throws IOException {
    boolean interrupted = Thread.interrupted(); // that would close the file
    try {
      return write(id, path, capacity, loan);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static SegmentFile write(int id, Path path, long capacity, long loan) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            path,
            StandardOpenOption.CREATE_NEW,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE)) {
      ByteBuffer zeros = ByteBuffer.allocate(PIECE);
      for (long left = HEADER + capacity; left > 0; ) {
        left -= channel.write(zeros.clear().limit((int) Math.min(PIECE, left)));
      }
      SegmentFile file = map(id, path, channel);
      file.memory.set(JAVA_INT, 0, MAGIC);
      file.memory.set(JAVA_INT, 4, VERSION);
      WORD.setVolatile(file.memory, WORD_AT, loan);
      FaultPoint.at("segment.made");
      return file;
    } catch (IOException | RuntimeException | Error e) {
      Files.deleteIfExists(path);
      throw e;
    }
  }

  /// The receiver maps a file.
  ///
  /// @throws IOException if it is gone or is none of ours
  static SegmentFile attach(int id, Path path) throws IOException {
    boolean interrupted = false;
    try {
      while (true) {
        try (FileChannel channel =
            FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
          return attach(id, path, channel);
        } catch (ClosedByInterruptException e) { // meant for the task, not for this file
          interrupted = Thread.interrupted();
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static SegmentFile attach(int id, Path path, FileChannel channel) throws IOException {
    if (channel.size() < HEADER) {
      throw new IOException(path + " is not memory of Telar: it is too short");
    }
    SegmentFile file = map(id, path, channel);
    if (file.memory.get(JAVA_INT, 0) != MAGIC || file.memory.get(JAVA_INT, 4) != VERSION) {
      file.unmap();
      throw new IOException(path + " is not memory of Telar of version " + VERSION);
    }
    return file;
  }

  private static SegmentFile map(int id, Path path, FileChannel channel) throws IOException {
    Arena arena = Arena.ofShared(); // closed at a known time: a mapping keeps a deleted file alive
    try {
      return new SegmentFile(
          id, path, arena, channel.map(FileChannel.MapMode.READ_WRITE, 0, channel.size(), arena));
    } catch (IOException | RuntimeException | Error e) {
      arena.close();
      throw e;
    }
  }

  int id() {
    return id;
  }

  Path path() {
    return path;
  }

  /// How many bytes fit in.
  long capacity() {
    return memory.byteSize() - HEADER;
  }

  /// The first bytes of the value.
  MemorySegment value(long bytes) {
    return memory.asSlice(HEADER, bytes);
  }

  /// The number of the loan, 0 if it is free, negative if it is retired.
  ///
  /// @throws IllegalStateException if it is not mapped any more
  long word() {
    return (long) WORD.getVolatile(memory, WORD_AT);
  }

  /// The owner lends a free file.
  boolean lend(long loan) {
    boolean lent = WORD.compareAndSet(memory, WORD_AT, 0L, loan);
    FaultPoint.at("segment.lent");
    return lent;
  }

  /// Whoever has the file gives it back; no harm if somebody has already.
  void giveBack(long loan) {
    try {
      WORD.compareAndSet(memory, WORD_AT, loan, 0L);
      FaultPoint.at("segment.returned");
    } catch (IllegalStateException unmapped) {
      // retired long ago
    }
  }

  /// The owner deletes a free file. The receiver unmaps it when it sees this.
  boolean retire() throws IOException {
    if (!WORD.compareAndSet(memory, WORD_AT, 0L, RETIRED)) {
      return false;
    }
    FaultPoint.at("segment.retired");
    delete();
    return true;
  }

  /// Deletes and unmaps.
  void delete() throws IOException {
    try {
      Files.deleteIfExists(path);
      FaultPoint.at("segment.deleted");
    } finally {
      unmap();
    }
  }

  void unmap() {
    arena.close();
  }
}
