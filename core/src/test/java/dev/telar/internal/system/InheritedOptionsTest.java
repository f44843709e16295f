package dev.telar.internal.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InheritedOptionsTest {
  @TempDir Path folder;

  @Test
  void whatLoadsAndOpensClassesIsTakenOverInBothForms() {
    assertThat(
            InheritedOptions.of(
                List.of(
                    "--add-opens",
                    "java.base/java.lang=ALL-UNNAMED",
                    "--add-exports=java.base/sun.nio=x",
                    "--enable-preview",
                    "--add-modules",
                    "java.sql",
                    "--add-reads",
                    "a=b",
                    "--enable-native-access=ALL-UNNAMED",
                    "-ea",
                    "-da:com.x...",
                    "-esa",
                    "Main",
                    "-da",
                    "--add-opens",
                    "no/no=no")))
        .containsExactly(
            "--add-opens=java.base/java.lang=ALL-UNNAMED",
            "--add-exports=java.base/sun.nio=x",
            "--enable-preview",
            "--add-modules=java.sql",
            "--add-reads=a=b",
            "--enable-native-access=ALL-UNNAMED",
            "-ea",
            "-da:com.x...",
            "-esa");
  }

  @Test
  void whatConcernsOnlyTheParentIsNot() {
    assertThat(
            InheritedOptions.of(
                List.of("-Xmx2g", "-cp", "-ea", "-p", "-esa", "-Dx=y", "-XX:+UseZGC", "-m", "a/b")))
        .isEmpty();
  }

  @Test
  void pathsBecomeAbsolute() {
    assertThat(InheritedOptions.of(List.of("--patch-module", "m=x:/y", "-Xbootclasspath/a:z")))
        .containsExactly(
            "--patch-module=m=" + Path.of("x").toAbsolutePath() + ":/y",
            "-Xbootclasspath/a:" + Path.of("z").toAbsolutePath());
  }

  @Test
  void argumentFilesAreOpened() throws IOException {
    Path file = Files.writeString(folder.resolve("args"), "-ea\n--add-modules java.sql");
    assertThat(InheritedOptions.of(List.of("@" + file, "@" + folder + "/gone", "-esa", "Main")))
        .containsExactly("-ea", "--add-modules=java.sql", "-esa");
  }

  @Test
  void theManifestOfAnExecutableJarCounts() throws IOException {
    Manifest manifest = new Manifest();
    Attributes main = manifest.getMainAttributes();
    main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    main.putValue("Add-Opens", "java.base/java.lang java.base/java.util");
    main.putValue("Enable-Native-Access", "ALL-UNNAMED");
    Path jar = folder.resolve("app.jar");
    new JarOutputStream(Files.newOutputStream(jar), manifest).close();
    assertThat(InheritedOptions.of(List.of("-ea", "-jar", jar.toString(), "-esa")))
        .containsExactly(
            "-ea",
            "--add-opens=java.base/java.lang=ALL-UNNAMED",
            "--add-opens=java.base/java.util=ALL-UNNAMED",
            "--enable-native-access=ALL-UNNAMED");
  }
}
