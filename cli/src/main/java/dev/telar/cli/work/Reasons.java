package dev.telar.cli.work;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import org.jspecify.annotations.Nullable;

/// Says in words why a file could not be read; the JDK's own messages are often the bare path.
final class Reasons {

  private Reasons() {}

  static String of(IOException cause) {
    return switch (cause) {
      case NoSuchFileException _ -> "no such file";
      case AccessDeniedException _ -> "no permission; check its access rights";
      case FileSystemException e when e.getReason() != null -> e.getReason();
      case CharacterCodingException _ -> "its name is not valid in this locale";
      default -> oneLine(cause.getMessage(), cause.getClass().getSimpleName());
    };
  }

  private static String oneLine(@Nullable String message, String otherwise) {
    return message == null || message.isBlank() ? otherwise : message.lines().findFirst().get();
  }
}
