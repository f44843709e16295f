package dev.telar.cli.measure;

import dev.telar.cli.work.Answer;
import dev.telar.cli.work.Mode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// What was measured of one mode in its JVM.
///
/// @param mode how the job ran
/// @param items in how many pieces
/// @param lanes how many items could have been computed at once: concurrency or processors,
///   whichever is less
/// @param startUpSeconds from launching the JVM to the answer of an empty task
/// @param cold the first run
/// @param warm the runs after it
/// @param peakBytes the peak of resident memory, each process's own peak added up; 0 if unknown
/// @param processes how many processes were counted in it
/// @param answer what all runs found
/// @param chunks further warm runs with chunks of other sizes, if the job asks for them
public record Measurement(
    Mode mode,
    int items,
    int lanes,
    double startUpSeconds,
    Run cold,
    List<Run> warm,
    long peakBytes,
    int processes,
    Answer answer,
    List<ChunkRuns> chunks) {

  /// The warm run that stands for all: the median one, the faster of two in the middle.
  ///
  /// @return one of [#warm()]
  public Run typical() {
    return Run.median(warm);
  }

  /// What a program that does this once takes: it starts up, and its only run is the cold one.
  ///
  /// @return seconds
  public double totalSeconds() {
    return startUpSeconds + cold.seconds();
  }

  /// The measurement as strings, numbers, lists and maps.
  ///
  /// @return a JSON object
  public Map<String, Object> toJson() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("mode", mode.toString());
    json.put("items", items);
    json.put("lanes", lanes);
    json.put("startUpSeconds", startUpSeconds);
    json.put("cold", cold.toJson());
    json.put("warm", warm.stream().map(Run::toJson).toList());
    json.put("peakBytes", peakBytes);
    json.put("processes", processes);
    json.put("lines", answer.lines());
    json.put("facts", answer.facts());
    json.put("failures", answer.failures());
    json.put("exact", answer.exact());
    json.put("chunks", chunks.stream().map(ChunkRuns::toJson).toList());
    return json;
  }

  /// Reads what [#toJson()] made.
  ///
  /// @param json a JSON object
  /// @return the measurement
  @SuppressWarnings("unchecked") // written by toJson, in the same build
  public static Measurement fromJson(Map<String, Object> json) {
    return new Measurement(
        Mode.valueOf(((String) Json.value(json, "mode")).toUpperCase(Locale.ROOT)),
        Json.number(json, "items").intValue(),
        Json.number(json, "lanes").intValue(),
        Json.number(json, "startUpSeconds").doubleValue(),
        Run.fromJson(Json.value(json, "cold")),
        ((List<Object>) Json.value(json, "warm")).stream().map(Run::fromJson).toList(),
        Json.number(json, "peakBytes").longValue(),
        Json.number(json, "processes").intValue(),
        new Answer(
            (List<String>) Json.value(json, "lines"),
            (Map<String, Object>) Json.value(json, "facts"),
            (List<String>) Json.value(json, "failures"),
            (boolean) Json.value(json, "exact")),
        ((List<Object>) Json.value(json, "chunks")).stream().map(ChunkRuns::fromJson).toList());
  }
}
