package dev.telar.cli.measure;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/// One run of a job.
///
/// @param seconds from handing out the first item to joining the last result
/// @param cpuSeconds what the process and its workers computed meanwhile, user and system together
public record Run(double seconds, double cpuSeconds) {

  private static final double SHORTEST_SECONDS = 0.1;

  /// The share of the time in which the job waited instead of computing.
  ///
  /// @param lanes how many items could have been computed at once
  /// @return between 0 and 1, or empty if the run was too short for the clock of CPU time, which
  ///   goes in steps of 10 ms
  public OptionalDouble waiting(int lanes) {
    if (seconds < SHORTEST_SECONDS) {
      return OptionalDouble.empty();
    }
    return OptionalDouble.of(Math.clamp(1 - cpuSeconds / (seconds * lanes), 0, 1));
  }

  /// The run that stands for several.
  ///
  /// @param runs one or more
  /// @return the median one, the faster of two in the middle
  static Run median(List<Run> runs) {
    return runs.stream()
        .sorted(Comparator.comparingDouble(Run::seconds))
        .toList()
        .get((runs.size() - 1) / 2);
  }

  Map<String, Object> toJson() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("seconds", seconds);
    json.put("cpuSeconds", cpuSeconds);
    return json;
  }

  static Run fromJson(Object json) {
    var map = (Map<?, ?>) json;
    return new Run(
        Json.number(map, "seconds").doubleValue(), Json.number(map, "cpuSeconds").doubleValue());
  }
}
