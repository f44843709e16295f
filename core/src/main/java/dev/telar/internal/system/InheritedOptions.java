package dev.telar.internal.system;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.stream.Collectors;

/// The options of our own command line without which a child could not load the same classes, or
/// would behave differently with them: preview features, opened packages, assertions.
///
/// The management bean that knows them costs tens of milliseconds, so the command line itself is
/// read. What comes by `JDK_JAVA_OPTIONS` or `JAVA_TOOL_OPTIONS` needs nothing: the child inherits
/// the environment.
final class InheritedOptions {
  /// Taken over with their value, whether it follows as `=x` or as the next argument.
  private static final Set<String> WITH_VALUE =
      Set.of(
          "--add-opens",
          "--add-exports",
          "--add-reads",
          "--add-modules",
          "--limit-modules",
          "--upgrade-module-path",
          "--patch-module",
          "--enable-native-access");

  /// Skipped, but their value must not be taken for the main class.
  private static final Set<String> SKIPPED_WITH_VALUE =
      Set.of("-cp", "-classpath", "--class-path", "-p", "--module-path", "--source");

  private static final Set<String> ASSERTIONS =
      Set.of(
          "-ea",
          "-enableassertions",
          "-da",
          "-disableassertions",
          "-esa",
          "-enablesystemassertions",
          "-dsa",
          "-disablesystemassertions");

  private static final Set<String> LAUNCHERS = Set.of("java", "javaw", "java.exe", "javaw.exe");

  private InheritedOptions() {}

  /// Those of this JVM; none where the system does not tell, or where a launcher of somebody else's
  /// started it, whose arguments may mean anything.
  static List<String> ofThisJvm() {
    String command = ProcessHandle.current().info().command().orElse("");
    String name = command.substring(command.lastIndexOf(File.separatorChar) + 1);
    return LAUNCHERS.contains(name) ? of(ownArguments()) : List.of();
  }

  static List<String> of(List<String> arguments) {
    List<String> expanded = expand(arguments);
    List<String> options = new ArrayList<>();
    for (int i = 0; i < expanded.size(); i++) {
      String argument = expanded.get(i);
      String next = i + 1 < expanded.size() ? expanded.get(i + 1) : "";
      int equals = argument.indexOf('=');
      String name = equals < 0 ? argument : argument.substring(0, equals);
      if (argument.equals("-jar")) {
        options.addAll(ofManifest(Path.of(next)));
        break;
      } else if (argument.equals("-m") || name.equals("--module") || !argument.startsWith("-")) {
        break; // the main class: what follows is the program's
      } else if (WITH_VALUE.contains(name)) {
        options.add(
            name + "=" + absolute(name, equals < 0 ? next : argument.substring(equals + 1)));
        i += equals < 0 ? 1 : 0;
      } else if (SKIPPED_WITH_VALUE.contains(argument)) {
        i++;
      } else if (argument.startsWith("-Xbootclasspath/a:")) {
        String path = argument.substring("-Xbootclasspath/a:".length());
        options.add("-Xbootclasspath/a:" + absolutePath(path));
      } else if (argument.equals("--enable-preview")
          || ASSERTIONS.contains(argument.split(":", 2)[0])) {
        options.add(argument);
      }
    }
    return options;
  }

  /// Replaces each `@file` before the main class by what the file holds.
  static List<String> expand(List<String> arguments) {
    List<String> expanded = new ArrayList<>();
    for (String argument : arguments) {
      if (argument.startsWith("@@")) {
        expanded.add(argument.substring(1));
      } else if (argument.startsWith("@") && argument.length() > 1) {
        try {
          expanded.addAll(ArgumentFile.read(Path.of(argument.substring(1))));
        } catch (IOException | RuntimeException goneMeanwhile) {
          // then the child does without
        }
      } else {
        expanded.add(argument);
      }
    }
    return expanded;
  }

  /// What `java -jar` takes from the manifest, as the options that say the same.
  private static List<String> ofManifest(Path jar) {
    List<String> options = new ArrayList<>();
    try (JarFile file = new JarFile(jar.toFile())) {
      if (file.getManifest() == null) {
        return options;
      }
      Attributes main = file.getManifest().getMainAttributes();
      for (String open : words(main.getValue("Add-Opens"))) {
        options.add("--add-opens=" + open + "=ALL-UNNAMED");
      }
      for (String export : words(main.getValue("Add-Exports"))) {
        options.add("--add-exports=" + export + "=ALL-UNNAMED");
      }
      for (String access : words(main.getValue("Enable-Native-Access"))) {
        options.add("--enable-native-access=" + access);
      }
    } catch (IOException unreadable) {
      return options;
    }
    return options;
  }

  private static List<String> words(@org.jspecify.annotations.Nullable String value) {
    return value == null || value.isBlank() ? List.of() : List.of(value.strip().split("\\s+"));
  }

  private static String absolute(String option, String value) {
    if (option.equals("--upgrade-module-path")) {
      return absolutePath(value);
    }
    int equals = value.indexOf('=');
    return option.equals("--patch-module") && equals > 0
        ? value.substring(0, equals + 1) + absolutePath(value.substring(equals + 1))
        : value;
  }

  private static String absolutePath(String path) {
    return Arrays.stream(path.split(File.pathSeparator))
        .filter(entry -> !entry.isEmpty())
        .map(entry -> Path.of(entry).toAbsolutePath().toString())
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static List<String> ownArguments() {
    Path commandLine = Path.of("/proc/self/cmdline"); // ProcessHandle cuts it at 4096 bytes
    if (Files.isReadable(commandLine)) {
      try {
        String encoding = System.getProperty("sun.jnu.encoding", "UTF-8");
        Charset charset = Charset.isSupported(encoding) ? Charset.forName(encoding) : UTF_8;
        String[] all = new String(Files.readAllBytes(commandLine), charset).split("\0", -1);
        return List.of(all).subList(Math.min(1, all.length), Math.max(1, all.length - 1));
      } catch (IOException unreadable) {
        // ask the JDK
      }
    }
    return List.of(ProcessHandle.current().info().arguments().orElse(new String[0]));
  }
}
