package dev.telar.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A Java program in a JVM of its own, for what a test cannot do to itself: exit, crash, be killed.
public final class JavaProgram implements AutoCloseable {

  /// How a program ended.
  ///
  /// @param exitCode as the JDK tells it: 128 + n for signal n
  public record Outcome(int exitCode, String out, String err) {}

  private final Process process;
  private final Path out;
  private final Path err;

  private JavaProgram(List<String> command, List<String> environment) {
    try {
      out = Files.createTempFile("program", ".out");
      err = Files.createTempFile("program", ".err");
      var builder =
          new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
      for (String entry : environment) {
        builder.environment().put(entry.split("=", 2)[0], entry.split("=", 2)[1]);
      }
      process = builder.start();
      process.getOutputStream().close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Starts the main method of a class of the tests.
  public static JavaProgram start(Class<?> main, String... args) {
    return start(List.of(), List.of(), main, args);
  }

  /// Starts the main method of a class of the tests, with JVM options and environment entries.
  public static JavaProgram start(
      List<String> options, List<String> environment, Class<?> main, String... args) {
    var command = new ArrayList<String>(options);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(List.of(args));
    return java(command, environment);
  }

  /// Starts the main method of a class of the tests under a limit of the shell's, such as `-n 400`.
  public static JavaProgram limited(String limit, List<String> options, Class<?> main) {
    var command = new ArrayList<>(List.of("sh", "-c", "ulimit " + limit + " && exec \"$@\"", "sh"));
    var args = new ArrayList<String>(options);
    args.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(javaCommand(args));
    return new JavaProgram(command, List.of());
  }

  /// Starts the main method of a class of the tests, after commands of the shell in a view of the
  /// file systems of its own: what they mount is mounted for it alone.
  public static JavaProgram inShell(String commands, Class<?> main) {
    var command = new ArrayList<>(List.of("unshare", "-m", "sh", "-c"));
    command.addAll(List.of(commands + "; exec \"$@\"", "sh"));
    command.addAll(
        javaCommand(List.of("-cp", System.getProperty("java.class.path"), main.getName())));
    return new JavaProgram(command, List.of());
  }

  /// Starts the `java` of this JVM with these arguments.
  public static JavaProgram java(List<String> args, List<String> environment) {
    return new JavaProgram(javaCommand(args), environment);
  }

  private static List<String> javaCommand(List<String> args) {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx256m");
    command.add("-XX:+UseSerialGC");
    command.addAll(args);
    return command;
  }

  public long pid() {
    return process.pid();
  }

  /// Kills this JVM alone, without a word to its children.
  public void kill() {
    process.destroyForcibly();
  }

  /// Waits for the end, at most 40 s.
  public Outcome await() {
    return await(40);
  }

  /// Waits for the end.
  public Outcome await(long seconds) {
    try {
      if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
        throw new AssertionError("still running; printed " + read(out) + "\n" + read(err));
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    return new Outcome(process.exitValue(), read(out), read(err));
  }

  private static String read(Path file) {
    try {
      return Files.readString(file, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    try {
      process.waitFor();
      Files.deleteIfExists(out);
      Files.deleteIfExists(err);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
