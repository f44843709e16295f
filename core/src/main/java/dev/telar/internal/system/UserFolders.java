package dev.telar.internal.system;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Where a user's programs keep files that they could do without.
final class UserFolders {

  private UserFolders() {}

  /// A folder below the user's cache folder, as each system has its own: on Linux by the XDG Base
  /// Directory Specification.
  ///
  /// @return null if the user has none
  static @Nullable Path cache(String name) {
    String home = System.getProperty("user.home", "");
    String given = System.getenv(Signals.WINDOWS ? "LOCALAPPDATA" : "XDG_CACHE_HOME");
    Path base;
    if (given != null && Path.of(given).isAbsolute()) {
      base = Path.of(given);
    } else if (home.isEmpty() || !Path.of(home).isAbsolute() || !Files.isDirectory(Path.of(home))) {
      return null;
    } else {
      boolean mac = System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("mac");
      base = Path.of(home).resolve(mac ? "Library/Caches" : ".cache");
    }
    return base.resolve("telar").resolve(name);
  }

  /// Makes a folder, with those above it, that only this user can enter.
  static void create(Path folder) throws IOException {
    if (FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
      Files.createDirectories(
          folder,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    } else {
      Files.createDirectories(folder);
    }
  }
}
