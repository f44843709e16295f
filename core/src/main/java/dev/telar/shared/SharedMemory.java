package dev.telar.shared;

import dev.telar.internal.Engines;
import java.io.Serializable;
import java.lang.foreign.MemorySegment;

/// Memory that programs share by its name, with nothing else in common: started apart, by the same
/// user, on one machine.
///
/// ```java
/// try (var frames = SharedMemory.create("camera-frames", 64 << 20)) {   // one program
///   …
/// }
/// try (var frames = SharedMemory.attach("camera-frames")) {             // any other
///   MemorySegment pixels = frames.asSegment();
/// }
/// SharedMemory.unlink("camera-frames");                                 // whoever is the last
/// ```
///
/// **It outlives the programs.** Unlike what comes from a [Shared], it is there until somebody
/// calls [#unlink(String)] or the machine is restarted; no sweep of Telar's takes it, whoever is
/// killed. Python's `SharedMemory` is the same, but for the tracker there that now and then unlinks
/// what others use. What a program leaves that is killed *while* it makes one is removed when the
/// next is made.
///
/// **It is private.** It lies in a folder that only its user can enter (`/dev/shm/telar-<user id>`,
/// or in the first other place that there is for such). Another user neither finds it nor is in the
/// way of one of the same name.
///
/// It has no lock, and needs none to be mapped; agree on one, or use `VarHandle`s. Nothing waits
/// and nothing is torn but what programs write without agreement. A process that dies leaves what
/// it has written.
///
/// It can be captured by a task, or sent, and is then attached wherever it arrives. There it is one
/// for all tasks of the process, and unmapped when none of them uses it any more: closing it does
/// nothing. Thread-safe.
public interface SharedMemory extends AutoCloseable, Serializable {

  /// Makes memory of zeros. All of it is reserved at once, so that writing to it never fails.
  ///
  /// @param name at most 64 of letters, digits, `.`, `_` and `-`, the first a letter or a digit
  /// @param size in bytes
  /// @throws IllegalArgumentException if that is no name, or the size is not positive
  /// @throws SharedMemoryException if there is memory of that name already, or no room
  static SharedMemory create(String name, long size) {
    return Engines.createMemory(name, size);
  }

  /// Attaches memory that some program of this user has made.
  ///
  /// @throws IllegalArgumentException if that is no name
  /// @throws SharedMemoryException if there is none of that name, or the file there is not Telar's,
  ///   of another version, or truncated
  static SharedMemory attach(String name) {
    return Engines.attachMemory(name);
  }

  /// Takes the name away: nobody can attach it any more, and there may be another one of that name.
  /// Programs that have it keep it; the memory is given back when the last of them closes it or
  /// ends.
  ///
  /// @return false if there is none of that name
  /// @throws IllegalArgumentException if that is no name
  /// @throws SharedMemoryException if it cannot be removed
  static boolean unlink(String name) {
    return Engines.unlinkMemory(name);
  }

  /// Its name.
  String name();

  /// How many bytes it has.
  long size();

  /// The memory, aligned to a page; to be used by any thread until this is closed.
  ///
  /// @throws SharedClosedException if this is closed
  MemorySegment asSegment();

  /// Whether it was not closed here.
  boolean isOpen();

  /// Unmaps it in this process. Segments from here throw `IllegalStateException` from then on. The
  /// memory is still there, for others and to be attached again. Closing again does nothing, nor
  /// does closing what came here in a task or a message.
  ///
  /// @throws IllegalStateException if a thread is just using the memory in a system call
  @Override
  void close();
}
