package dev.telar.cli.measure;

import java.io.PrintStream;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.jr.ob.JSON;

/// What a measuring JVM tells the one that started it: a line of JSON behind a mark that no task
/// prints by accident. The mark may come in the middle of a line, behind what native code printed
/// without an end of line.
public final class ReportLine {

  private static final String MARK = "\u0001telar-report ";

  private ReportLine() {}

  /// Tells something.
  ///
  /// @param out the standard output of the measuring JVM
  /// @param json a JSON object
  public static void print(PrintStream out, Map<String, Object> json) {
    out.println(MARK + JSON.std.asString(json));
    out.flush();
  }

  /// Reads a line.
  ///
  /// @param line what was printed
  /// @return the JSON object, or null if the line is something else
  static @Nullable Map<String, Object> parse(String line) {
    int mark = line.indexOf(MARK);
    return mark < 0 ? null : JSON.std.mapFrom(line.substring(mark + MARK.length()));
  }
}
