package dev.telar.internal.worker;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// Whether this process can still open something: a worker whose tasks have taken every file
/// descriptor cannot even load a class for the next one.
final class Descriptors {

  private static final Path ANYTHING = Path.of("/dev/null");

  private Descriptors() {}

  /// Takes some microseconds.
  static boolean areLeft() {
    try (var _ = FileChannel.open(ANYTHING, StandardOpenOption.WRITE)) {
      return true;
    } catch (NoSuchFileException | AccessDeniedException e) {
      return true; // no such thing on this system
    } catch (FileSystemException e) {
      return false; // EMFILE or ENFILE, in the system's words, whatever its language
    } catch (IOException | RuntimeException e) {
      return true;
    }
  }
}
