package dev.telar.internal.process;

import dev.telar.internal.system.RuntimeDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Where the JVMs of a pool's workers write reports of their crashes.
///
/// @param folder the folder
/// @param kept whether they stay there when they have been read
record CrashReports(Path folder, boolean kept) {

  /// Those in the folder that the user chose, else in ours.
  ///
  /// @throws IllegalArgumentException if the folder cannot be made
  static CrashReports in(@Nullable Path chosen, RuntimeDirectory own) {
    if (chosen == null) {
      return new CrashReports(own.path(), false);
    }
    try {
      return new CrashReports(Files.createDirectories(chosen.toAbsolutePath()), true);
    } catch (IOException e) {
      throw new IllegalArgumentException("the folder for crash reports cannot be made: " + e, e);
    }
  }

  /// The file name for the JVM, which puts its pid for `%p`; a `%` of the folder is doubled.
  Path pattern() {
    return Path.of(folder.toString().replace("%", "%%")).resolve("hs_err_pid%p.log");
  }

  /// The report of a process.
  Path of(long pid) {
    return folder.resolve("hs_err_pid" + pid + ".log");
  }
}
