package dev.telar.internal.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ArgumentFileTest {
  @Test
  void whatIsWrittenIsReadBackWhateverItHolds() {
    List<String> arguments =
        List.of(
            "-Dplain=x",
            "with space",
            "",
            "C:\\dir\\",
            "quote\"d",
            "it's",
            "a\nb\tc\r",
            "#no",
            "@x",
            "-Dñ=€");
    assertThat(ArgumentFile.parse(ArgumentFile.format(arguments))).isEqualTo(arguments);
  }

  @Test
  void filesOfOthersAreReadByTheLaunchersRules() {
    assertThat(
            ArgumentFile.parse(
                "# a comment\n-ea  --add-opens 'java.base/java.lang=ALL-UNNAMED'\r\n"
                    + "-cp \"a b;\\\n   c\\\\d\" x\"y z\"w #more\nlast"))
        .containsExactly(
            "-ea",
            "--add-opens",
            "java.base/java.lang=ALL-UNNAMED",
            "-cp",
            "a b;c\\d",
            "xy zw",
            "last");
  }
}
