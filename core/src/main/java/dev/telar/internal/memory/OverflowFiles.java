package dev.telar.internal.memory;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;

import dev.telar.shared.SharedMemoryException;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// Elements of one [Ring] that are too long for it: each in a file beside the one that has the
/// ring. So they are on the file system where there was room for that: the arena's directory may be
/// full.
///
/// A file is first called `w-…` and belongs to the participant that writes it, whose id is part of
/// its name. It becomes `e-…` under the lock of the ring's producers, just before its name is put
/// into the ring. Whoever takes it opens it before he takes the element, and deletes it right
/// after. If somebody dies in between, [#sweep] deletes what is left: an `e-…` that is not in the
/// ring, or a `w-…` that no living process is writing.
///
/// They are written and read, not mapped: a file system that is full is an error of the one who
/// puts, and never a fault in the memory of the one who takes. They are no channels, because a
/// thread that is interrupted would close those.
final class OverflowFiles {
  private static final String PUBLISHED = "e-";
  private static final String UNPUBLISHED = "w-";

  /// Of this process, not of this object: a queue's object goes when no task has it in use, and the
  /// next one must not use the name of a file again that is still in the ring.
  private static final AtomicLong NUMBERS = new AtomicLong();

  /// Of this process: both ends of a pipe may be in one, each with its own view of the ring.
  private static final Set<Path> BEING_WRITTEN = ConcurrentHashMap.newKeySet();

  private final SharedArena arena;
  private final Path directory;
  private final String prefix;

  /// @param block that has the ring
  /// @param offset where the ring begins in its file
  OverflowFiles(Block block, long offset) {
    this.arena = block.arena();
    Path file = arena.directory().resolve(block.handle().file());
    this.directory = Objects.requireNonNull(file.getParent());
    this.prefix = PUBLISHED + file.getFileName() + "." + offset + "-";
  }

  /// Deletes all such files of the rings in a file that is not in its arena's directory.
  static void deleteAll(Path file) throws IOException {
    try (var files =
        Files.newDirectoryStream(
            Objects.requireNonNull(file.getParent()), "[ew]-" + file.getFileName() + ".*")) {
      for (Path each : files) {
        Files.deleteIfExists(each);
      }
    }
  }

  /// The name of a file and its size: what is in the ring.
  record Name(String file, long size) {
    byte[] bytes() {
      byte[] text = file.getBytes(StandardCharsets.UTF_8);
      return ByteBuffer.allocate(Long.BYTES + text.length).putLong(size).put(text).array();
    }

    static Name of(byte[] bytes) {
      ByteBuffer in = ByteBuffer.wrap(bytes);
      long size = in.getLong();
      return new Name(StandardCharsets.UTF_8.decode(in).toString(), size);
    }
  }

  /// A file that was opened, or why it could not be.
  record Opened(Name name, @Nullable FileInputStream stream, @Nullable IOException failure) {
    byte[] read() throws IOException {
      if (stream == null) {
        throw new IOException("the file of a long element cannot be read", failure);
      }
      try (stream) {
        byte[] bytes = stream.readNBytes(Math.toIntExact(name.size));
        if (bytes.length < name.size) {
          throw new IOException("the file of a long element is truncated");
        }
        return bytes;
      }
    }
  }

  /// Writes a file.
  ///
  /// @throws SharedMemoryException if there is no space for it; nothing is left of it then
  Name write(byte[] element) {
    String file =
        prefix + Integer.toHexString(arena.participants().self()) + "-" + NUMBERS.incrementAndGet();
    Path path = unpublished(file);
    BEING_WRITTEN.add(path);
    var name = new Name(file, element.length);
    try {
      FreeSpace.requireIfLarge(path, element.length);
      try (var out = new FileOutputStream(path.toFile())) {
        FaultPoint.at("ring.overflow.created");
        out.write(element);
        FaultPoint.at("ring.overflow.written");
        return name;
      }
    } catch (IOException e) {
      String reason = ArenaFile.reason(path, element.length, e);
      written(name, false);
      throw new SharedMemoryException(reason, e);
    }
  }

  /// Gives a file its final name. Under the lock of the producers, who then put that into the ring.
  ///
  /// @throws SharedMemoryException if that fails
  void publish(byte[] name) {
    String file = Name.of(name).file;
    try {
      Files.move(unpublished(file), directory.resolve(file), ATOMIC_MOVE);
    } catch (IOException e) {
      throw new SharedMemoryException("cannot put a long element: " + e.getMessage(), e);
    }
    FaultPoint.at("ring.overflow.published");
  }

  private Path unpublished(String file) {
    return directory.resolve(UNPUBLISHED + file.substring(PUBLISHED.length()));
  }

  /// The name is in the ring, or will never be.
  void written(Name name, boolean published) {
    Path path = unpublished(name.file);
    if (!published) {
      delete(path);
    }
    BEING_WRITTEN.remove(path);
  }

  /// Opens a file, which its writer or a sweep may delete then.
  Opened open(Name name) {
    try {
      return new Opened(name, new FileInputStream(directory.resolve(name.file).toFile()), null);
    } catch (IOException e) {
      return new Opened(name, null, e);
    }
  }

  /// Deletes and reads a file whose element was taken.
  byte[] take(Opened file) throws IOException {
    delete(file.name);
    FaultPoint.at("ring.overflow.deleted");
    return file.read();
  }

  void delete(Name name) {
    delete(directory.resolve(name.file));
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      // goes with the arena
    }
  }

  /// Deletes what nobody will take. Under the locks of producers and consumers.
  ///
  /// @param inUse names of files that are in the ring
  void sweep(Set<String> inUse) {
    String mine = prefix.substring(PUBLISHED.length());
    try (var files = Files.newDirectoryStream(directory, "[ew]-" + mine + "*")) {
      for (Path each : files) {
        String file = each.getFileName().toString();
        boolean isUseless =
            file.startsWith(PUBLISHED) ? !inUse.contains(file) : isLeftover(each, mine);
        if (isUseless) {
          Files.deleteIfExists(each);
        }
      }
    } catch (NoSuchFileException e) {
      // the arena has ended
    } catch (IOException | RuntimeException e) {
      // goes with the arena
    }
  }

  private boolean isLeftover(Path file, String mine) {
    String rest = file.getFileName().toString().substring(UNPUBLISHED.length() + mine.length());
    int writer = Integer.parseUnsignedInt(rest.substring(0, rest.indexOf('-')), 16);
    return writer == arena.participants().self()
        ? !BEING_WRITTEN.contains(file)
        : arena.participants().isDeadNow(writer);
  }
}
