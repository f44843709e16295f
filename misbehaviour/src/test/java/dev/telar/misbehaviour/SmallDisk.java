package dev.telar.misbehaviour;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// A disk of four MiB in memory, if this user may mount one.
record SmallDisk(Path folder) implements AutoCloseable {

  /// Mounts it.
  ///
  /// @throws IOException if that is not allowed
  static SmallDisk mount() throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("small-disk");
    int code = run("mount", "-t", "tmpfs", "-o", "size=4m", "small-disk", folder.toString());
    if (code != 0) {
      Files.delete(folder);
      throw new IOException("mount exited with " + code);
    }
    return new SmallDisk(folder);
  }

  @Override
  public void close() throws IOException, InterruptedException {
    run("umount", "--lazy", folder.toString());
    Files.delete(folder);
  }

  private static int run(String... command) throws IOException, InterruptedException {
    return new ProcessBuilder(command)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor();
  }
}
