package dev.telar.benchmarks;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.jr.ob.JSON;

/// A measurement on its way from the JVM that took it.
final class MeasurementJson {

  private MeasurementJson() {}

  static String write(Measurement measurement) throws IOException {
    return JSON.std.asString(
        Map.of(
            "ours", side(measurement.ours()),
            "peers", measurement.peers().stream().map(MeasurementJson::side).toList(),
            "warmUp", measurement.warmUp()));
  }

  private static Map<String, Object> side(Measurement.Side side) {
    Map<String, Object> json = new LinkedHashMap<>();
    if (!Double.isNaN(side.figure())) {
      json.put("figure", side.figure());
    }
    if (!Double.isNaN(side.first())) {
      json.put("first", side.first());
    }
    if (side.reason() != null) {
      json.put("reason", side.reason());
    }
    json.put("counted", side.counted());
    json.put("points", ReportJson.points(side.points()));
    return json;
  }

  static Measurement read(String text) throws IOException {
    Map<String, Object> json = JSON.std.mapFrom(text);
    List<Measurement.Side> peers = new ArrayList<>();
    for (Object peer : (List<?>) ReportJson.value(json, "peers")) {
      peers.add(readSide(peer));
    }
    return new Measurement(
        readSide(ReportJson.value(json, "ours")),
        peers,
        (int) ReportJson.number(json.get("warmUp")));
  }

  private static Measurement.Side readSide(Object object) {
    Map<?, ?> json = (Map<?, ?>) object;
    return new Measurement.Side(
        ReportJson.number(json.get("figure")),
        ReportJson.number(json.get("first")),
        ReportJson.readPoints(ReportJson.value(json, "points")),
        (int) ReportJson.number(json.get("counted")),
        (String) json.get("reason"));
  }
}
