package dev.telar.cli.measure;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Warm runs with chunks of a fixed size.
///
/// @param size how many items travel together
/// @param warm the runs
public record ChunkRuns(int size, List<Run> warm) {

  /// The run that stands for all.
  ///
  /// @return the median one
  public Run typical() {
    return Run.median(warm);
  }

  Map<String, Object> toJson() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("size", size);
    json.put("warm", warm.stream().map(Run::toJson).toList());
    return json;
  }

  static ChunkRuns fromJson(Object json) {
    var map = (Map<?, ?>) json;
    var warm = (List<?>) Json.value(map, "warm");
    return new ChunkRuns(
        Json.number(map, "size").intValue(), warm.stream().<Run>map(Run::fromJson).toList());
  }
}
