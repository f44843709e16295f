package dev.telar.benchmarks;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/// The JVM in which one row is measured: fresh, so that no row profits from what another warmed up.
final class RowMain {

  private RowMain() {}

  /// Measures.
  ///
  /// @param args the name of the row, the depth, the file for the result, and the tools that are
  ///   there
  /// @throws Exception if the measurement fails; its message goes to standard error
  public static void main(String[] args) throws Exception {
    Row row = Rows.named(args[0]);
    List<Tool> tools = Arrays.stream(args).skip(3).map(Tool::valueOf).toList();
    var measurement = Measurement.take(row, Depth.valueOf(args[1]).plan(row.effort()), tools);
    Files.writeString(Path.of(args[2]), MeasurementJson.write(measurement));
    System.exit(0); // Tika's and JMH's threads have no end
  }
}
