package dev.telar.cli.report;

import dev.telar.cli.measure.ChunkRuns;
import dev.telar.cli.measure.Measurement;
import dev.telar.cli.measure.Run;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.jr.ob.JSON;

/// The report for programs; docs/reference/compare.md describes it. Names are only ever added, else
/// the number behind the name of the schema goes up.
public final class ComparisonJson {

  private static final String SCHEMA = "telar.compare/1";

  private ComparisonJson() {}

  /// Writes a comparison.
  ///
  /// @param comparison what was measured
  /// @return a JSON object over several lines
  public static String write(Comparison comparison) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("schema", SCHEMA);
    json.put("workload", comparison.workload());
    json.put("input", comparison.input());
    json.put("items", comparison.measurements().getFirst().items());
    json.put("n", comparison.n());
    json.put("repeat", comparison.repeat());
    json.put("java", Runtime.version().toString());
    json.put("os", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
    json.put("processors", Runtime.getRuntime().availableProcessors());
    json.put("modes", comparison.measurements().stream().map(it -> mode(comparison, it)).toList());
    json.put("agree", comparison.agree());
    json.put("answer", comparison.measurements().getFirst().answer().facts());
    List<String> failures = comparison.measurements().getFirst().answer().failures();
    if (!failures.isEmpty()) {
      json.put("failures", failures);
    }
    json.put("advice", new Advice(comparison).sentences());
    if (!comparison.lesson().isEmpty()) {
      json.put("lesson", comparison.lesson());
    }
    return JSON.std.with(JSON.Feature.PRETTY_PRINT_OUTPUT).asString(json);
  }

  private static Map<String, Object> mode(Comparison comparison, Measurement one) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("mode", one.mode().toString());
    json.put("lanes", one.lanes());
    json.put("startUpSeconds", one.startUpSeconds());
    json.put("coldSeconds", one.cold().seconds());
    json.put("totalSeconds", one.totalSeconds());
    json.put("warmSeconds", one.typical().seconds());
    comparison.speedUp(one).ifPresent(factor -> json.put("speedUp", factor));
    json.put("cpuSeconds", one.typical().cpuSeconds());
    one.typical().waiting(one.lanes()).ifPresent(share -> json.put("waiting", share));
    if (one.peakBytes() > 0) {
      json.put("peakMemoryBytes", one.peakBytes());
    }
    json.put("processes", one.processes());
    json.put("coldCpuSeconds", one.cold().cpuSeconds());
    List<Double> runs = one.warm().stream().map(Run::seconds).toList();
    json.put("warmRunsSeconds", runs);
    if (!one.chunks().isEmpty()) {
      json.put("chunks", one.chunks().stream().map(ComparisonJson::chunks).toList());
    }
    if (!comparison.agree()) {
      json.put("answer", one.answer().facts());
    }
    return json;
  }

  private static Map<String, Object> chunks(ChunkRuns runs) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("size", runs.size());
    json.put("warmSeconds", runs.typical().seconds());
    return json;
  }
}
