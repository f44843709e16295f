package dev.telar.internal.system;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// What a process does at the moment, as the kernel sees it.
///
/// @param letter that of `/proc/<pid>/stat`: `R` runs, `S` sleeps, `D` waits for a device, `T` is
///   stopped, `t` is stopped by a debugger, `Z` is dead; `?` where there is no such file
public record ProcessState(char letter) {

  /// The state of a process of this machine.
  public static ProcessState of(long pid) {
    try {
      Path file = Path.of("/proc/" + pid + "/stat");
      String stat = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
      int name = stat.lastIndexOf(')'); // which may hold anything
      return new ProcessState(name + 2 < stat.length() ? stat.charAt(name + 2) : '?');
    } catch (IOException goneOrNoLinux) {
      return new ProcessState('?');
    }
  }

  /// Whether somebody has stopped it.
  public boolean isStopped() {
    return letter == 'T' || letter == 't';
  }
}
