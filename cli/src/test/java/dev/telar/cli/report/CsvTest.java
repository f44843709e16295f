package dev.telar.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class CsvTest {

  @Test
  void plainValuesStayPlainAndLinesEndWithCrLf() {
    assertThat(Csv.write(List.of("url", "status"), List.of(List.of("a b", 200), List.of("", 0.5))))
        .isEqualTo("url,status\r\na b,200\r\n,0.5\r\n");
  }

  @Test
  void commasQuotesAndEndsOfLinesAreQuoted() {
    assertThat(Csv.write(List.of("x"), List.of(List.of("a,b"), List.of("say \"ah\""))))
        .isEqualTo("x\r\n\"a,b\"\r\n\"say \"\"ah\"\"\"\r\n");
    assertThat(Csv.write(List.of("x"), List.of(List.of("a\nb"), List.of("a\rb"))))
        .isEqualTo("x\r\n\"a\nb\"\r\n\"a\rb\"\r\n");
  }
}
