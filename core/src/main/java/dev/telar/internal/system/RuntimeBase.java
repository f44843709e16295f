package dev.telar.internal.system;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import java.io.FileInputStream;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/// A place where runtime directories may be made: `<base>/telar-<user>/p<pid>-<random>`.
///
/// @param path the base, such as `/dev/shm`
/// @param mustBeOurs whether the base itself has to belong to this user, as `XDG_RUNTIME_DIR` does
record RuntimeBase(Path path, boolean mustBeOurs) {
  /// Unix domain sockets take about 100 bytes of path; some systems fewer.
  private static final int LONGEST_SOCKET_PATH = 90;

  /// What a file inside a runtime directory may be called at most.
  static final int LONGEST_FILE_NAME = 24;

  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rwx------");

  /// The candidates of this program, best first.
  static List<RuntimeBase> candidates() {
    List<RuntimeBase> bases = new ArrayList<>();
    String runtime = System.getenv("XDG_RUNTIME_DIR");
    if (runtime != null && runtime.startsWith("/")) {
      bases.add(new RuntimeBase(Path.of(runtime), true));
    }
    if (!Signals.WINDOWS) {
      bases.add(new RuntimeBase(Path.of("/dev/shm"), false));
    }
    Path temp = Path.of(System.getProperty("java.io.tmpdir", "/tmp")).toAbsolutePath();
    bases.add(new RuntimeBase(temp, false));
    if (!Signals.WINDOWS) {
      bases.add(new RuntimeBase(Path.of("/tmp"), false));
    }
    return bases;
  }

  /// Makes a new directory that only this user can enter.
  ///
  /// The directory of the user may be there already; in a folder that all can write to, somebody
  /// else may have made it, or a link of that name. Ours is a real directory, with mode 0700, whose
  /// owner is also the owner of what we make in it. Else a name that nobody can foresee is used.
  Path createDirectory() throws IOException {
    if (!Files.isDirectory(path) || !Files.isWritable(path)) {
      throw new IOException(path + " is not a writable directory");
    }
    String name = "telar-" + user();
    for (int attempt = 0; attempt < 20; attempt++) {
      Path userDirectory = path.resolve(name);
      Path directory = userDirectory.resolve("p" + ProcessHandle.current().pid() + "-" + random());
      requireShort(directory);
      try {
        if (prepared(userDirectory)) {
          Files.createDirectory(directory, ownerOnly(path));
          if (isOwnedLike(userDirectory, directory)
              && (!mustBeOurs || isOwnedLike(path, directory))) {
            return directory;
          }
          Files.delete(directory);
          if (mustBeOurs && !isOwnedLike(path, userDirectory)) {
            throw new IOException(path + " belongs to another user");
          }
        }
        name = "telar-" + user() + "-" + random();
      } catch (NoSuchFileException | FileAlreadyExistsException race) {
        // another program has just removed the empty directory of the user, or made it: again
      }
    }
    throw new IOException("cannot make a private directory in " + path);
  }

  /// The directories of this user in which runtime directories may be, whoever made them.
  List<Path> userDirectories() {
    List<Path> found = new ArrayList<>();
    try (var entries = Files.newDirectoryStream(path, "telar-" + user() + "*")) {
      for (Path entry : entries) {
        if (isPrivate(entry)) {
          found.add(entry);
        }
      }
    } catch (IOException | RuntimeException unreadable) {
      return found;
    }
    return found;
  }

  static boolean isOwnedLike(Path one, Path other) throws IOException {
    return Files.getOwner(one, NOFOLLOW_LINKS).equals(Files.getOwner(other, NOFOLLOW_LINKS));
  }

  private void requireShort(Path directory) throws IOException {
    int length = directory.toString().getBytes(UTF_8).length + 1 + LONGEST_FILE_NAME;
    if (length > LONGEST_SOCKET_PATH) {
      throw new IOException(path + " is too long for the path of a socket");
    }
  }

  static boolean prepared(Path userDirectory) throws IOException {
    try {
      Files.createDirectory(
          userDirectory, ownerOnly(Objects.requireNonNull(userDirectory.getParent())));
      return true;
    } catch (FileAlreadyExistsException exists) {
      return isPrivate(userDirectory);
    }
  }

  static boolean isPrivate(Path directory) {
    try {
      return Files.isDirectory(directory, NOFOLLOW_LINKS)
          && (!isPosix(directory)
              || Files.getPosixFilePermissions(directory, NOFOLLOW_LINKS).equals(OWNER_ONLY));
    } catch (IOException gone) {
      return false;
    }
  }

  private static FileAttribute<?>[] ownerOnly(Path parent) {
    return isPosix(parent)
        ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER_ONLY)}
        : new FileAttribute<?>[0]; // on Windows the user's temp folder is private already
  }

  private static boolean isPosix(Path path) {
    return path.getFileSystem().supportedFileAttributeViews().contains("posix");
  }

  static String user() {
    try {
      return Files.getAttribute(Path.of("/proc/self"), "unix:uid").toString();
    } catch (IOException | RuntimeException noProc) {
      String name = System.getProperty("user.name", "").replaceAll("[^A-Za-z0-9]", "");
      return name.substring(0, Math.min(12, name.length()));
    }
  }

  private static String random() {
    byte[] bytes = new byte[5];
    try (var kernel = new FileInputStream("/dev/urandom")) { // a SecureRandom costs 20 ms at first
      if (kernel.readNBytes(bytes, 0, bytes.length) == bytes.length) {
        return HexFormat.of().formatHex(bytes);
      }
    } catch (IOException noSuchDevice) {
      // no Unix
    }
    new SecureRandom().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }
}
