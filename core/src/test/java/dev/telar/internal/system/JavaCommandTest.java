package dev.telar.internal.system;

import static dev.telar.internal.system.MachineLimits.MIB;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TimeZone;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class JavaCommandTest {
  @RegisterExtension final Children children = new Children();
  @TempDir Path folder;

  private RuntimeDirectory directory;

  @BeforeEach
  void acquire() {
    directory = RuntimeDirectory.acquire();
  }

  @AfterEach
  void release() throws InterruptedException {
    directory.release();
    RuntimeDirectory.awaitSweep();
  }

  @Test
  void theChildHasItsParentsLocaleZoneAndEncoding() throws Exception {
    Locale locale = Locale.getDefault();
    Locale format = Locale.getDefault(Locale.Category.FORMAT);
    TimeZone zone = TimeZone.getDefault();
    JavaCommand command;
    try {
      Locale.setDefault(Locale.forLanguageTag("sr-Latn-RS"));
      Locale.setDefault(Locale.Category.FORMAT, Locale.forLanguageTag("es"));
      TimeZone.setDefault(TimeZone.getTimeZone("Pacific/Chatham"));
      command = builder().build();
    } finally {
      Locale.setDefault(locale);
      Locale.setDefault(Locale.Category.FORMAT, format);
      TimeZone.setDefault(zone);
    }
    assertThat(run(command, "locale", "format", "zone", "charset", "stdout.encoding"))
        .containsExactly(
            "locale=sr-Latn-RS",
            "format=es",
            "zone=Pacific/Chatham",
            "charset=" + java.nio.charset.Charset.defaultCharset().name(),
            "stdout.encoding=UTF-8");
  }

  @Test
  void heapAndProcessorsAreWhatWasGiven() throws Exception {
    JavaCommand command = builder().maxHeap(96 * MIB).processors(2).build();
    List<String> answers = run(command, "processors", "telar.memory.limit", "heap");
    assertThat(answers.subList(0, 2))
        .containsExactly("processors=2", "telar.memory.limit=" + 96 * MIB);
    assertThat(Integer.parseInt(answers.get(2).replace("heap=", ""))).isBetween(90, 96);
  }

  @Test
  void theUsersOptionsWin() throws Exception {
    JavaCommand command =
        builder()
            .jvmArgs(List.of("-XX:+UseParallelGC", "-Xmx80m", "-Duser.timezone=UTC", "-Dx=1"))
            .systemProperties(Map.of("x", "a b"))
            .build();
    assertThat(command.command()).doesNotContain("-XX:+UseSerialGC");
    assertThat(run(command, "zone", "x")).containsExactly("zone=UTC", "x=a b");
  }

  @Test
  void oneOrTwoProcessorsGetTheSerialCollector() {
    assertThat(builder().processors(2).build().command()).contains("-XX:+UseSerialGC");
    assertThat(builder().processors(3).build().command()).doesNotContain("-XX:+UseSerialGC");
  }

  @Test
  void aJdkOfAnUnknownReleaseGetsNoFlagOfThisOne() throws Exception {
    assertThat(builder().build().command()).contains("-XX:ArchiveRelocationMode=0");
    Path home = folder.resolve("jdk");
    Path java = Files.createDirectories(home.resolve("bin")).resolve("java");
    assertThat(Files.createFile(java).toFile().setExecutable(true)).isTrue();
    assertThat(builder().javaHome(home).build().command())
        .noneMatch(option -> option.contains("Diagnostic"));
    Files.writeString(home.resolve("release"), "JAVA_VERSION=\"25.0.9-ea\"\nIMPLEMENTOR=\"x\"\n");
    assertThat(builder().javaHome(home).build().command()).contains("-XX:ArchiveRelocationMode=0");
    Files.writeString(home.resolve("release"), "JAVA_VERSION=\"99\"\n");
    assertThat(builder().javaHome(home).build().command())
        .noneMatch(option -> option.contains("Diagnostic"));
  }

  @Test
  void tenThousandClassPathEntriesGoThroughAnArgumentFile() throws Exception {
    List<Path> entries = new ArrayList<>();
    for (int i = 0; i < 10_000; i++) {
      entries.add(folder.resolve("an entry with spaces, ñ and 'quotes\" " + i));
    }
    JavaCommand command = builder().classPath(entries).build();
    assertThat(command.command()).hasSize(2);
    List<String> answers = run(command, "java.class.path", "locale");
    assertThat(answers.getFirst()).contains("'quotes\" 0").endsWith("'quotes\" 9999");
    assertThat(answers.get(1)).startsWith("locale=");
    assertThat(builder().classPath(entries).build()).isEqualTo(command);
    try (var files = Files.list(directory.path())) {
      assertThat(files.filter(file -> file.getFileName().toString().startsWith("args"))).hasSize(1);
    }
  }

  @Test
  void theClassPathIsAbsoluteSoThatTheWorkingDirectoryMayDiffer() throws Exception {
    JavaCommand command = builder().classPath(List.of(Path.of("relative"))).build();
    ProcessBuilder process = new ProcessBuilder(command.with("java.class.path").command());
    process.directory(folder.toFile());
    String answer = Children.readLine(children.start(process)).replace("java.class.path=", "");
    assertThat(answer.split(File.pathSeparator))
        .allSatisfy(entry -> assertThat(entry).startsWith("/"));
    assertThat(answer).endsWith(Path.of("relative").toAbsolutePath().toString());
  }

  @Test
  void theJvmsOwnWarningsAreNotOnTheOutput() throws Exception {
    JavaCommand command =
        builder().jvmArgs(List.of("-XX:SharedArchiveFile=/none", "-Xlog:cds")).build();
    assertThat(run(command, "file.separator")).contains("file.separator=/");
    JavaCommand complaining =
        builder().jvmArgs(List.of("-XX:AOTCache=" + folder.resolve("missing"))).build();
    assertThat(run(complaining, "file.separator")).containsExactly("file.separator=/");
  }

  @Test
  void aHomeWithoutJavaIsNamed() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder().javaHome(folder).build())
        .withMessageContaining(folder.resolve("bin/java").toString());
  }

  @Test
  void whereTelarIsAModuleTheChildStartsItAsOne() throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--module-path",
            location(JavaCommand.class).toString(),
            "--patch-module",
            "dev.telar=" + location(Greeter.class),
            "-m",
            "dev.telar/" + StartsGreeter.class.getName());
    Process parent = children.start(builder);
    assertThat(parent.inputReader().readAllLines())
        .as(() -> parent.errorReader().lines().toList().toString())
        .containsExactly("parent=dev.telar", "module=dev.telar");
  }

  private JavaCommand.Builder builder() {
    return JavaCommand.builder(directory, Greeter.class.getName()).maxHeap(64 * MIB);
  }

  private List<String> run(JavaCommand command, String... questions) throws Exception {
    Process process = children.start(new ProcessBuilder(command.with(questions).command()));
    List<String> answers = process.inputReader().readAllLines();
    String complaint = new String(process.getErrorStream().readAllBytes());
    assertThat(process.waitFor()).as(complaint).isZero();
    return answers;
  }

  private static Path location(Class<?> type) throws Exception {
    return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
  }

  static final class StartsGreeter {
    public static void main(String[] args) throws Exception {
      System.out.println("parent=" + StartsGreeter.class.getModule().getName());
      RuntimeDirectory directory = RuntimeDirectory.acquire();
      JavaCommand command = JavaCommand.builder(directory, Greeter.class.getName()).build();
      Process child =
          new ProcessBuilder(command.with("module").command())
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      System.out.print(new String(child.getInputStream().readAllBytes()));
      child.waitFor();
      directory.release();
    }
  }
}
