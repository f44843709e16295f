package dev.telar.internal.system;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The folder of this user for files that programs find by name: `telar-<user>` in `/dev/shm`, or
/// where there is none, in the other places for runtime directories.
///
/// Only its user can enter it. Programs with different environments must come to the same folder,
/// hence `/dev/shm` comes first here, whatever `XDG_RUNTIME_DIR` says. Files in it are no program's
/// leftovers, and no sweep takes them.
public final class UserDirectory {
  private static final Path MEMORY = Path.of("/dev/shm");

  private UserDirectory() {}

  /// The folder for new files, made if need be. Another program may remove it while it is empty:
  /// then the caller tries again.
  ///
  /// @throws IOException if there is none; the message lists what was tried
  public static Path make() throws IOException {
    var failure = new StringBuilder();
    for (RuntimeBase base : bases()) {
      Path directory = of(base);
      if (!Files.isDirectory(base.path()) || !Files.isWritable(base.path())) {
        failure.append("; ").append(base.path()).append(" is not a writable directory");
      } else if (RuntimeBase.prepared(directory) && isOurs(directory)) {
        return directory;
      } else {
        failure.append("; ").append(directory).append(" is another user's, or others can enter it");
      }
    }
    throw new IOException("no folder for named files" + failure);
  }

  /// The folders in which named files of this user may be, best first. What somebody else has put
  /// there under our name is none.
  public static List<Path> existing() throws IOException {
    List<Path> found = new ArrayList<>();
    for (RuntimeBase base : bases()) {
      Path directory = of(base);
      if (RuntimeBase.isPrivate(directory) && isOurs(directory)) {
        found.add(directory);
      }
    }
    return found;
  }

  private static Path of(RuntimeBase base) {
    return base.path().resolve("telar-" + RuntimeBase.user());
  }

  private static List<RuntimeBase> bases() {
    List<RuntimeBase> bases = new ArrayList<>(RuntimeBase.candidates());
    bases.sort((a, b) -> Boolean.compare(b.path().equals(MEMORY), a.path().equals(MEMORY)));
    return bases;
  }

  /// Whether this user owns it; root can enter what others have made, and must not be lured there.
  private static boolean isOurs(Path directory) throws IOException {
    return !directory.getFileSystem().supportedFileAttributeViews().contains("unix")
        || Files.getAttribute(directory, "unix:uid", NOFOLLOW_LINKS)
            .toString()
            .equals(RuntimeBase.user())
        || !Files.exists(Path.of("/proc/self")); // then users are known by name only
  }
}
