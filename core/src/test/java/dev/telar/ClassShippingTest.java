package dev.telar;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.telar.testing.Compilation;
import dev.telar.testing.Jars;
import dev.telar.testing.JavaProgram;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import jdk.jshell.JShell;
import jdk.jshell.SnippetEvent;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Classes that only the parent has: a worker fetches them from it.
public class ClassShippingTest {

  /// A lambda, a nested class that only the worker uses, a record as result, a static field.
  private static final String PLUGIN =
      """
      package plugin;

      import dev.telar.Task;
      import dev.telar.TaskFunction;
      import java.io.Serializable;

      public final class Plugin {
        static int calls;

        public record Answer(String text, long pid) implements Serializable {}

        static final class Oracle {
          static String speak(String name) { return "hello, " + name + " " + ++calls; }
        }

        static final class Refusal extends RuntimeException {
          Refusal(String message) { super(message); }
        }

        public static Task<Object> task(String name) {
          return () -> new Answer(Oracle.speak(name), ProcessHandle.current().pid());
        }

        public static Task<Object> failing() {
          return () -> { throw new Refusal("no answer"); };
        }

        public static TaskFunction<Integer, Object> function() {
          return x -> new Answer("item " + x, ProcessHandle.current().pid());
        }
      }
      """;

  /// What is handed to JShell, which knows only what is static.
  public static final Map<String, Object> SHARED = new ConcurrentHashMap<>();

  private static ProcessPool pool;
  private static Map<String, byte[]> classes;

  @TempDir Path folder;

  @BeforeAll
  static void open() {
    pool = Pool.processes(2);
    classes = Compilation.of("plugin/Plugin", PLUGIN).classesOrError();
  }

  @AfterAll
  static void close() {
    pool.close();
    SHARED.clear();
  }

  @Test
  void lambdasOfAUrlClassLoaderTravel() throws Exception {
    Path jar = Jars.write(folder.resolve("plugin.jar"), Map.of(), Jars.entries(classes, ""));
    try (var loader =
        new URLClassLoader(new URL[] {jar.toUri().toURL()}, getClass().getClassLoader())) {
      assertTravels(loader);
    }
  }

  @Test
  void generatedClassesTravel() throws Exception {
    assertTravels(new GeneratedClasses(getClass().getClassLoader(), classes));
  }

  @Test
  void twoLoadersWithClassesOfOneNameAreKeptApart() throws Exception {
    var one = new GeneratedClasses(getClass().getClassLoader(), classes);
    var changed =
        Compilation.of("plugin/Plugin", PLUGIN.replace("hello, ", "good bye, ")).classesOrError();
    var two = new GeneratedClasses(getClass().getClassLoader(), changed);
    for (int i = 0; i < 4; i++) {
      assertThat(pool.submit(task(one, "Ana")).get(20, SECONDS).toString()).contains("hello, Ana");
      assertThat(pool.submit(task(two, "Eva")).get(20, SECONDS).toString())
          .contains("good bye, Eva");
    }
  }

  @Test
  void aClassThatNobodyHasIsAnErrorOfTheTaskOnly() throws Exception {
    var missing = new LinkedHashMap<>(classes);
    missing.remove("plugin.Plugin$Oracle");
    var loader = new GeneratedClasses(getClass().getClassLoader(), missing);
    TaskFuture<Object> future = pool.submit(task(loader, "Ana"));
    assertThat(PoolContract.failure(() -> future.get(20, SECONDS)))
        .isInstanceOf(NoClassDefFoundError.class)
        .hasMessageContaining("Oracle");
    assertThat(pool.submit(() -> 1).get(20, SECONDS)).isEqualTo(1);
  }

  private static void assertTravels(ClassLoader loader) throws Exception {
    Object answer = pool.submit(task(loader, "Ana")).get(20, SECONDS);
    assertThat(answer.getClass().getClassLoader()).as("the loader of the result").isSameAs(loader);
    assertThat(answer.toString()).contains("hello, Ana");
    assertThat(answer.toString()).doesNotContain("pid=" + ProcessHandle.current().pid());
    Task<Object> failingTask = call(loader, "failing");
    TaskFuture<Object> failing = pool.submit(failingTask);
    Throwable refusal = PoolContract.failure(() -> failing.get(20, SECONDS));
    assertThat(refusal).hasMessage("no answer");
    assertThat(refusal.getClass().getClassLoader()).isSameAs(loader);
    TaskFunction<Integer, Object> function = call(loader, "function");
    assertThat(pool.map(function, List.of(1, 2, 3)).toString())
        .contains("item 1", "item 2", "item 3");
  }

  private static Task<Object> task(ClassLoader loader, String name) throws Exception {
    @SuppressWarnings("unchecked")
    var task =
        (Task<Object>)
            loader.loadClass("plugin.Plugin").getMethod("task", String.class).invoke(null, name);
    return task;
  }

  @SuppressWarnings("unchecked")
  private static <T> T call(ClassLoader loader, String method) throws Exception {
    return (T) loader.loadClass("plugin.Plugin").getMethod(method).invoke(null);
  }

  /// As frameworks that generate code have it: the bytes are in memory, and can be asked for.
  private static final class GeneratedClasses extends ClassLoader {
    private final Map<String, byte[]> classes;

    GeneratedClasses(ClassLoader parent, Map<String, byte[]> classes) {
      super(parent);
      this.classes = Map.copyOf(classes);
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
      byte[] bytes = classes.get(name);
      if (bytes == null) {
        throw new ClassNotFoundException(name);
      }
      return defineClass(name, bytes, 0, bytes.length);
    }

    @Override
    public InputStream getResourceAsStream(String name) {
      byte[] bytes = classes.get(name.replace('/', '.').replaceAll("\\.class$", ""));
      return bytes == null ? super.getResourceAsStream(name) : new ByteArrayInputStream(bytes);
    }
  }

  @Test
  void lambdasTypedIntoJShellTravel() throws Exception {
    SHARED.put("pool", pool);
    try (JShell shell = JShell.builder().executionEngine("local").build()) {
      shell.addToClasspath(System.getProperty("java.class.path"));
      run(shell, "import dev.telar.*;");
      run(shell, "var pool = (Pool) dev.telar.ClassShippingTest.SHARED.get(\"pool\");");
      run(shell, "int twice(int x) { return 2 * x; }");
      run(shell, "record Result(int value) implements java.io.Serializable {}");
      run(shell, "int offset = 100;");
      assertThat(run(shell, "pool.submit(() -> 1 + 1).get()")).isEqualTo("2");
      assertThat(run(shell, "pool.submit(() -> twice(21)).get()")).isEqualTo("42");
      assertThat(run(shell, "pool.map(x -> new Result(twice(x)), java.util.List.of(1, 2))"))
          .isEqualTo("[Result[value=2], Result[value=4]]");
      assertThat(
              run(
                  shell,
                  "pool.submit(() -> ProcessHandle.current().pid()).get() != "
                      + ProcessHandle.current().pid()))
          .isEqualTo("true");
    }
  }

  private static String run(JShell shell, String code) {
    String value = null;
    for (SnippetEvent event : shell.eval(code)) {
      assertThat(event.exception()).as(code).isNull();
      assertThat(shell.diagnostics(event.snippet()).map(d -> d.getMessage(null)))
          .as(code)
          .isEmpty();
      value = event.value();
    }
    return value;
  }

  /// A program in a jar whose class path is jars inside it.
  private static final String APPLICATION =
      """
      package demo;

      import dev.telar.Pool;
      import java.io.Serializable;
      import java.util.List;

      public final class Main {
        record Word(String text) implements Serializable {}

        static String shout(String text) { return library.Library.decorate(text.toUpperCase()); }

        public static void main(String[] args) throws Exception {
          try (var pool = Pool.processes(2)) {
            System.out.println(pool.submit(() -> new Word(shout("hello"))).get());
            System.out.println(pool.map(Main::shout, List.of("a", "b")));
            System.out.println(pool.submit(() -> ProcessHandle.current().pid()).get()
                != ProcessHandle.current().pid());
          }
        }
      }
      """;

  private static final String LIBRARY =
      """
      package library;

      public final class Library {
        public static String decorate(String text) { return "*" + text + "*"; }
      }
      """;

  @Test
  void aSpringBootJarWithNestedJarsRuns() throws Exception {
    Map<String, byte[]> library = Compilation.of("library/Library", LIBRARY).classesOrError();
    Map<String, byte[]> application =
        Compilation.of("demo/Main", APPLICATION, library).classesOrError();
    Map<String, byte[]> entries =
        new LinkedHashMap<>(
            Jars.contentsOf(Class.forName("org.springframework.boot.loader.launch.JarLauncher")));
    for (String directory : List.of("BOOT-INF/", "BOOT-INF/classes/", "BOOT-INF/lib/")) {
      entries.put(directory, new byte[0]); // the launcher looks for these entries
    }
    entries.putAll(Jars.entries(application, "BOOT-INF/classes/"));
    Path core = Jars.write(folder.resolve("core.jar"), Map.of(), Jars.contentsOf(Pool.class));
    Path lib = Jars.write(folder.resolve("lib.jar"), Map.of(), Jars.entries(library, ""));
    entries.put("BOOT-INF/lib/telar-core.jar", Files.readAllBytes(core));
    entries.put("BOOT-INF/lib/library.jar", Files.readAllBytes(lib));
    Path jar =
        Jars.write(
            folder.resolve("application.jar"),
            Map.of(
                "Main-Class", "org.springframework.boot.loader.launch.JarLauncher",
                "Start-Class", "demo.Main",
                "Spring-Boot-Version", "4.1.1",
                "Spring-Boot-Classes", "BOOT-INF/classes/",
                "Spring-Boot-Lib", "BOOT-INF/lib/"),
            entries);
    try (var program = JavaProgram.java(List.of("-jar", jar.toString()), List.of())) {
      JavaProgram.Outcome outcome = program.await();
      assertThat(outcome.err()).isEmpty();
      assertThat(outcome.out().lines()).containsExactly("Word[text=*HELLO*]", "[*A*, *B*]", "true");
      assertThat(outcome.exitCode()).isZero();
    }
  }

  @Test
  void aProgramThatIsOneSourceFileRuns() throws Exception {
    Path source = folder.resolve("Single.java");
    Files.writeString(
        source,
        """
        import dev.telar.Pool;
        import java.util.List;

        void main() throws Exception {
          try (var pool = Pool.processes(1)) {
            IO.println(pool.map(x -> x * x, List.of(1, 2, 3)));
          }
        }
        """);
    String core =
        Path.of(Pool.class.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
    try (var program = JavaProgram.java(List.of("-cp", core, source.toString()), List.of())) {
      JavaProgram.Outcome outcome = program.await();
      assertThat(outcome.err()).isEmpty();
      assertThat(outcome.out().strip()).isEqualTo("[1, 4, 9]");
    }
  }

  @Test
  void hiddenClassesThatCannotBeShippedAreRefusedClearly() {
    var opaque =
        new ClassLoader(getClass().getClassLoader()) {
          Class<?> define(String name, byte[] bytes) {
            return defineClass(name, bytes, 0, bytes.length);
          }
        };
    // a loader that gives its bytes to nobody
    classes.forEach(opaque::define);
    assertThatThrownBy(() -> pool.submit(task(opaque, "Ana")).get(20, SECONDS))
        .hasStackTraceContaining("plugin.Plugin");
    assertThat(pool.submit(() -> 1).join()).isEqualTo(1);
  }
}
