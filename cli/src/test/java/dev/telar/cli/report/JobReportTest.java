package dev.telar.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.telar.cli.work.Answer;
import dev.telar.cli.work.Listing;
import dev.telar.cli.work.Mode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.jr.ob.JSON;

class JobReportTest {

  private static final Listing ROWS =
      new Listing(
          List.of("item", "result", "error"),
          List.of(List.of("a", 1, ""), List.of("b\tb", 22, ""), List.of("c", 3, "")),
          2);
  private static final JobReport REPORT =
      new JobReport(
          "run",
          "3 lines of in.txt",
          Mode.THREADS,
          0.25,
          new Answer(List.of("3 results."), Map.of("results", 3)),
          ROWS);

  @Test
  void peopleGetTheFirstRowsInColumnsWithoutTheEmptyOnes() {
    assertThat(REPORT.text())
        .isEqualTo(
            """
            item  result
            ----  ------
            a          1
            b b       22

            3 results.
            0.25 s on platform threads; run in 3 lines of in.txt.
            """);
  }

  @Test
  void programsGetAllRows() throws Exception {
    assertThat(REPORT.csv()).isEqualTo("item,result,error\r\na,1,\r\nb\tb,22,\r\nc,3,\r\n");
    Map<String, Object> json = JSON.std.mapFrom(REPORT.json());
    assertThat(json)
        .containsEntry("schema", "telar.job/1")
        .containsEntry("on", "threads")
        .containsEntry("answer", Map.of("results", 3))
        .containsEntry("failures", List.of());
    assertThat((List<?>) json.get("rows"))
        .hasSize(3)
        .first()
        .isEqualTo(Map.of("item", "a", "result", 1));
  }
}
