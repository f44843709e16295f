package dev.telar.misbehaviour;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The processes that carry a variable in their environment: whatever inherited it, however far it
/// has run from its parents.
///
/// @param entry the variable and its value, as `NAME=value`
record MarkedProcesses(String entry) {

  /// The command lines of those that are alive; zombies are not.
  List<String> alive() {
    List<String> found = new ArrayList<>();
    try (var processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
      for (Path process : processes) {
        if (carries(process)) {
          found.add(process.getFileName() + " " + text(process.resolve("cmdline")));
        }
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return found;
  }

  private boolean carries(Path process) {
    return ("\0" + text(process.resolve("environ"))).contains("\0" + entry + "\0")
        && !text(process.resolve("cmdline")).isEmpty();
  }

  private static String text(Path file) {
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
    } catch (IOException gone) {
      return "";
    }
  }
}
