package dev.telar.cli.measure;

import dev.telar.cli.work.InputException;
import dev.telar.cli.work.Mode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A fresh JVM that measures one mode: the same JDK, class path and command as this one's, with the
/// subcommand `measure`.
///
/// It reports on its standard output (see [ReportLine]); everything else that it prints goes to the
/// standard error of this JVM. It ends with its standard input, so it does not outlive this JVM
/// even if that one is killed.
public final class MeasuringJvm {

  // After Ctrl-C in a terminal it may be the first to go.
  private static final int INTERRUPTED = 130;

  private final List<String> command;
  private final String title;
  private final Progress progress;

  /// Prepares the JVM.
  ///
  /// @param main the class whose `main` understands `measure`
  /// @param mode what it is to measure
  /// @param classPath jars and folders behind this JVM's own class path
  /// @param arguments the workload and its options, as typed behind `compare`
  /// @param progress is told what the JVM tells of its progress
  public MeasuringJvm(
      Class<?> main, Mode mode, List<Path> classPath, List<String> arguments, Progress progress) {
    this.command = JvmCommand.of(main, classPath);
    command.add("measure");
    command.add(arguments.getFirst());
    command.add("--mode=" + mode);
    command.add("--launched=" + Instant.now());
    command.addAll(arguments.subList(1, arguments.size()));
    this.title = mode.title();
    this.progress = progress;
  }

  /// Starts the JVM and waits for its report.
  ///
  /// @return what it measured
  /// @throws InputException if it refused the input
  /// @throws MeasuringException if it failed
  /// @throws InterruptedException if this thread is interrupted; the JVM is ended then
  public Measurement run() throws InputException, MeasuringException, InterruptedException {
    Process process;
    try {
      process = LiveJvms.start(new ProcessBuilder(command));
    } catch (IOException e) {
      throw new MeasuringException(title + ": cannot start a JVM: " + e.getMessage());
    }
    try {
      var errors = new ErrorPump(process);
      Measurement measurement = read(process);
      int code = process.waitFor();
      errors.finish();
      if (measurement == null) {
        throw new MeasuringException(
            title + ": the measuring JVM ended with code " + code, code == INTERRUPTED ? code : 1);
      }
      return measurement;
    } catch (InputException e) {
      throw e;
    } catch (IOException e) {
      throw new MeasuringException(title + ": the measuring JVM broke off: " + e.getMessage());
    } finally {
      LiveJvms.end(process);
    }
  }

  private @Nullable Measurement read(Process process) throws IOException, MeasuringException {
    Measurement measurement = null;
    try (var lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        Map<String, Object> report = ReportLine.parse(line);
        if (report == null) {
          System.err.println(line);
        } else if (report.containsKey("done")) {
          progress.items(
              Json.number(report, "done").longValue(), Json.number(report, "total").longValue());
        } else if (report.get("input") instanceof String message) {
          throw new InputException(message);
        } else if (report.get("failure") instanceof String message) {
          throw new MeasuringException(title + ": " + message);
        } else {
          measurement = Measurement.fromJson(report);
        }
      }
    }
    return measurement;
  }
}
