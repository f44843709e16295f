package dev.telar.benchmarks;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.jr.ob.JSON;

/// A report as programs read it, and as this one reads it again. Times are nanoseconds.
final class ReportJson {

  private static final JSON JACKSON = JSON.std.with(JSON.Feature.PRETTY_PRINT_OUTPUT);

  private ReportJson() {}

  static String write(Report report) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("time", report.time().toString());
    json.put("depth", report.depth().name());
    json.put("machine", report.machine());
    json.put("meanings", report.meanings());
    json.put("rows", report.lines().stream().map(ReportJson::line).toList());
    json.put("curves", report.drawings().stream().map(ReportJson::drawing).toList());
    return JACKSON.asString(json) + "\n";
  }

  private static Map<String, Object> line(Line line) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", line.row());
    json.put("cores", line.cores());
    json.put("unit", line.unit().name());
    json.put("peer", line.peer());
    put(json, "ours", line.ours());
    put(json, "theirs", line.theirs());
    put(json, "ratio", line.ratio());
    json.put("goal", line.goal());
    json.put("verdict", line.verdict());
    put(json, "oursFirst", line.oursFirst());
    put(json, "theirsFirst", line.theirsFirst());
    json.put("warmUp", line.warmUp());
    json.put("counted", line.counted());
    json.put("theirsCounted", line.theirsCounted());
    return json;
  }

  /// JSON has no NaN; what is not there has no value.
  private static void put(Map<String, Object> json, String key, double value) {
    if (Double.isFinite(value)) {
      json.put(key, value);
    }
  }

  private static Map<String, Object> drawing(Drawing drawing) {
    Map<String, Object> lines = new LinkedHashMap<>();
    for (Drawing.Line line : drawing.lines()) {
      lines.put(line.name(), points(line.points()));
    }
    return Map.of("name", drawing.row(), "what", drawing.what(), "lines", lines);
  }

  static List<List<Double>> points(List<Point> points) {
    return points.stream().map(point -> List.of(point.size(), point.nanos())).toList();
  }

  /// Reads what [#write(Report)] wrote.
  ///
  /// @throws IOException if it is something else
  static Report read(String text) throws IOException {
    try {
      Map<String, Object> json = JSON.std.mapFrom(text);
      return new Report(
          Instant.parse(string(json, "time")),
          Depth.valueOf(string(json, "depth")),
          strings(json, "machine"),
          objects(json, "rows").stream().map(ReportJson::readLine).toList(),
          objects(json, "curves").stream().map(ReportJson::readDrawing).toList(),
          strings(json, "meanings"));
    } catch (RuntimeException e) {
      throw new IOException("these are no results of this version: " + e.getMessage(), e);
    }
  }

  private static Line readLine(Map<?, ?> json) {
    return new Line(
        string(json, "name"),
        string(json, "cores"),
        Unit.valueOf(string(json, "unit")),
        string(json, "peer"),
        number(json.get("ours")),
        number(json.get("theirs")),
        string(json, "goal"),
        string(json, "verdict"),
        number(json.get("oursFirst")),
        number(json.get("theirsFirst")),
        (int) number(json.get("warmUp")),
        (int) number(json.get("counted")),
        (int) number(json.get("theirsCounted")));
  }

  private static Drawing readDrawing(Map<?, ?> json) {
    List<Drawing.Line> lines = new ArrayList<>();
    ((Map<?, ?>) value(json, "lines"))
        .forEach((name, points) -> lines.add(new Drawing.Line((String) name, readPoints(points))));
    return new Drawing(string(json, "name"), string(json, "what"), lines);
  }

  static List<Point> readPoints(Object json) {
    List<Point> points = new ArrayList<>();
    for (Object each : (List<?>) json) {
      List<?> pair = (List<?>) each;
      points.add(new Point(number(pair.getFirst()), number(pair.getLast())));
    }
    return points;
  }

  private static List<Map<?, ?>> objects(Map<?, ?> json, String key) {
    List<Map<?, ?>> objects = new ArrayList<>();
    ((List<?>) value(json, key)).forEach(each -> objects.add((Map<?, ?>) each));
    return objects;
  }

  private static Map<String, String> strings(Map<?, ?> json, String key) {
    Map<String, String> strings = new LinkedHashMap<>();
    ((Map<?, ?>) value(json, key)).forEach((name, text) -> strings.put((String) name, text + ""));
    return strings;
  }

  static double number(@Nullable Object json) {
    return json == null ? Double.NaN : ((Number) json).doubleValue();
  }

  private static String string(Map<?, ?> json, String key) {
    return (String) value(json, key);
  }

  static Object value(Map<?, ?> json, String key) {
    Object value = json.get(key);
    if (value == null) {
      throw new IllegalArgumentException("no \"" + key + "\"");
    }
    return value;
  }
}
