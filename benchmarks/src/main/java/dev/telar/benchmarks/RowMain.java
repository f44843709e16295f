package dev.telar.benchmarks;

import java.nio.file.Files;
import java.nio.file.Path;

/// The JVM in which one row is measured: fresh, so that no row profits from what another warmed up.
final class RowMain {

  private RowMain() {}

  /// Measures.
  ///
  /// @param args the name of the row, `full` or `quick`, the file for the result
  /// @throws Exception if the measurement fails; its message goes to standard error
  public static void main(String[] args) throws Exception {
    var rounds = args[1].equals("quick") ? Measurement.Rounds.QUICK : Measurement.Rounds.FULL;
    Measurement measurement = Measurement.take(Rows.named(args[0]), rounds);
    Files.writeString(Path.of(args[2]), measurement.format());
  }
}
