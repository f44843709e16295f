package dev.telar.internal.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The command line of a child JVM that sees the same classes, locale, time zone and encoding as
/// this one, with an explicit heap and share of the processors.
///
/// Later options win over earlier ones, and so do the user's over ours. A command is good for any
/// number of children, as long as the runtime directory that it was made with exists.
///
/// @param command the program and its arguments, for [ProcessBuilder]
/// @param cache what makes it start sooner; null if there cannot be such a thing
public record JavaCommand(List<String> command, @Nullable AotCache cache) {
  /// Above so many characters the arguments go into a file.
  private static final int LONGEST_COMMAND = Signals.WINDOWS ? 8 * 1024 : 64 * 1024;

  public JavaCommand {
    command = List.copyOf(command);
  }

  /// Begins a command.
  ///
  /// @param directory where argument files and error files go
  /// @param mainClass a class of Telar's own
  public static Builder builder(RuntimeDirectory directory, String mainClass) {
    return new Builder(directory, mainClass);
  }

  /// The command with arguments for the main class added at its end, and with the cache if that is
  /// there by now.
  public JavaCommand with(String... arguments) {
    List<String> longer = new ArrayList<>(command);
    if (cache != null) {
      longer.addAll(1, cache.options());
    }
    longer.addAll(List.of(arguments));
    return new JavaCommand(longer, cache);
  }

  /// Collects the parts of a [JavaCommand]. Not thread-safe.
  public static final class Builder {
    /// The releases in which a flag of that name lets JVMs share the pages of the JDK's archive of
    /// classes, several megabytes for each worker; a JVM that does not know a flag does not start.
    private static final Set<Integer> SHARING = Set.of(25, 26);

    /// Near it, references become wider.
    private static final long LARGE_HEAP = 31L << 30;

    private final RuntimeDirectory directory;
    private final String mainClass;
    private @Nullable Path javaHome;
    private long maxHeap;
    private int processors = 1;
    private @Nullable Path errorFile;
    private List<String> jvmArgs = List.of();
    private Map<String, String> systemProperties = Map.of();
    private List<Path> classPath = List.of();
    private List<Path> modulePath = List.of();

    private Builder(RuntimeDirectory directory, String mainClass) {
      this.directory = directory;
      this.mainClass = mainClass;
    }

    /// Another Java than the one that we run on.
    public Builder javaHome(@Nullable Path javaHome) {
      this.javaHome = javaHome;
      return this;
    }

    /// The bound of the heap in bytes; also given to the child as its memory limit
    /// ([MachineLimits#MEMORY_LIMIT_PROPERTY]). Without it, the default for one worker.
    public Builder maxHeap(long bytes) {
      this.maxHeap = bytes;
      return this;
    }

    /// Where the JVM writes its report of a crash, with `%p` for its pid; without it, in the
    /// runtime directory.
    public Builder errorFile(Path pattern) {
      this.errorFile = pattern;
      return this;
    }

    /// How many processors the child shall think there are; 1 if not set.
    public Builder processors(int processors) {
      this.processors = processors;
      return this;
    }

    /// Options of the user's, which win over all that Telar chooses.
    public Builder jvmArgs(List<String> jvmArgs) {
      this.jvmArgs = List.copyOf(jvmArgs);
      return this;
    }

    public Builder systemProperties(Map<String, String> systemProperties) {
      this.systemProperties = new LinkedHashMap<>(systemProperties);
      return this;
    }

    /// Entries behind our own class path.
    public Builder classPath(List<Path> additions) {
      this.classPath = List.copyOf(additions);
      return this;
    }

    /// Entries behind our own module path; the modules in them become root modules.
    public Builder modulePath(List<Path> additions) {
      this.modulePath = List.copyOf(additions);
      return this;
    }

    /// Composes the command.
    ///
    /// @throws IllegalArgumentException if the Java home has no executable `bin/java`
    /// @throws UncheckedIOException if an argument file or a copy of Telar could not be written
    public JavaCommand build() {
      Path java = executable();
      List<String> inherited = new ArrayList<>(InheritedOptions.ofThisJvm());
      inherited.addAll(InheritedOptions.expand(jvmArgs));
      List<String> options = new ArrayList<>(defaults(java));
      ParentSettings.properties().forEach((key, value) -> options.add("-D" + key + "=" + value));
      options.addAll(inherited);
      systemProperties.forEach((key, value) -> options.add("-D" + key + "=" + value));
      try {
        var locations = ClassLocations.of(directory, mainClass, classPath, modulePath);
        options.add(locations.access());
        Path own = locations.own();
        AotCache cache =
            own == null ? null : AotCache.of(java, own, mainClass, options, telling(inherited));
        if (cache != null) {
          options.add(AotCache.SILENCE);
        }
        options.addAll(locations.options());
        return new JavaCommand(commandOf(java, options), cache);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private List<String> commandOf(Path java, List<String> arguments) throws IOException {
      List<String> command = new ArrayList<>();
      command.add(java.toString());
      if (String.join("   ", arguments).length() > LONGEST_COMMAND) {
        command.add("@" + ArgumentFile.write(directory, arguments));
      } else {
        command.addAll(arguments);
      }
      return command;
    }

    /// What decides whether an [AotCache] fits: the options that are not Telar's own, and how wide
    /// references are, which the JVM makes of the heap's size.
    private List<String> telling(List<String> inherited) {
      List<String> telling = new ArrayList<>();
      inherited.stream()
          .filter(option -> !option.startsWith("-D") && !option.startsWith("-Xlog"))
          .forEach(telling::add);
      telling.add("processors " + (processors <= 2 ? "few" : "many"));
      telling.add("heap " + (maxHeap < LARGE_HEAP ? "small" : "large"));
      return telling;
    }

    private Path executable() {
      Path home = javaHome != null ? javaHome : Path.of(System.getProperty("java.home"));
      Path java = home.resolve("bin").resolve(Signals.WINDOWS ? "java.exe" : "java");
      if (!Files.isRegularFile(java) || !Files.isExecutable(java)) {
        throw new IllegalArgumentException("no Java there: " + java + " is not an executable file");
      }
      return java.toAbsolutePath();
    }

    private static boolean choosesCollector(List<String> options) {
      for (String option : options) {
        if (option.startsWith("-XX:+Use") && option.endsWith("GC")) {
          return true;
        }
      }
      return false;
    }

    private List<String> defaults(Path java) {
      long heap = maxHeap > 0 ? maxHeap : MachineLimits.defaultWorkerHeap(1);
      List<String> options = new ArrayList<>();
      options.add("-Xmx" + Math.max(1, (heap + 1023) / 1024) + "k");
      options.add("-D" + MachineLimits.MEMORY_LIMIT_PROPERTY + "=" + heap);
      long nonHeap = (MachineLimits.nonHeap(heap) + 1023) / 1024;
      options.add("-XX:MaxMetaspaceSize=" + nonHeap + "k");
      options.add("-XX:MaxDirectMemorySize=" + nonHeap + "k");
      options.add("-XX:ActiveProcessorCount=" + processors);
      // Serial starts soonest and takes the least memory; with more processors let the JVM choose.
      if (processors <= 2 && !choosesCollector(jvmArgs)) {
        options.add("-XX:+UseSerialGC");
      }
      options.add("-XX:-UsePerfData");
      if (SHARING.contains(JavaHome.of(java).version())) {
        options.add("-XX:+UnlockDiagnosticVMOptions");
        options.add("-XX:ArchiveRelocationMode=0");
      }
      options.add("-XX:-HeapDumpOnOutOfMemoryError");
      options.add(
          "-XX:ErrorFile=" + (errorFile != null ? errorFile : directory.file("hs_err_pid%p.log")));
      options.add("-Xlog:disable");
      options.add("-Xlog:all=warning:stderr"); // the JVM's own complaints must not be on stdout
      return options;
    }
  }
}
