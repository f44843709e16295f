package dev.telar.kill;

import dev.telar.testing.Handles;
import dev.telar.testing.Processes;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// The stage's end of a [Victim].
final class VictimProcess implements AutoCloseable {
  private final Process process;
  private final Queue<String> noise = new ConcurrentLinkedQueue<>();
  private final BlockingQueue<Victim.Word> words = new LinkedBlockingQueue<>();

  /// Starts one, which then waits for its orders.
  VictimProcess(boolean nativeAccess) {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx96m", "-Xms16m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of("-Xshare:auto", "-XX:-UsePerfData"));
    command.add("-Dtelar.faults=" + Steps.class.getName());
    if (nativeAccess) {
      command.add("--enable-native-access=ALL-UNNAMED");
    }
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Victim.class.getName()));
    try {
      process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().start(this::listen);
  }

  private void listen() {
    try (BufferedReader out = process.inputReader()) {
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        if (line.matches("(ready|frozen|done|failed) .*")) {
          words.add(Victim.Word.parse(line));
        } else {
          noise.add(line);
        }
      }
    } catch (IOException ended) {
      // killed
    }
  }

  long pid() {
    return process.pid();
  }

  /// Stops it by SIGSTOP, as a debugger does.
  void stop() throws IOException, InterruptedException {
    Processes.stop(pid());
  }

  /// What its threads are doing.
  String dump() {
    try {
      Processes.signal("QUIT", pid());
      Thread.sleep(1000); // there is nothing that says when the JVM has printed it all
    } catch (IOException | InterruptedException e) {
      return e.toString();
    }
    return String.join("\n", noise);
  }

  void order(List<Victim.Order> orders) throws IOException {
    Writer in = process.outputWriter();
    in.write(Handles.write(new ArrayList<>(orders)) + "\n");
    in.flush();
  }

  /// What it says next, or null if it says nothing for so long.
  Victim.Word next(long millis) throws InterruptedException {
    return words.poll(millis, TimeUnit.MILLISECONDS);
  }

  /// Kills it by SIGKILL, and waits until it is dead.
  @Override
  public void close() {
    process.destroyForcibly();
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
