package dev.telar.cli.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.telar.cli.work.InputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TargetTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "example.com",
        "ftp://example.com/",
        "file:///etc/passwd",
        "http://",
        "http:///path",
        "http://exa mple.com/",
        "http://example.com:99999/",
        "http://[::1/",
        ""
      })
  void whatCannotBeFetchedIsNamedAtOnce(String typed) {
    assertThatThrownBy(() -> Target.parse(typed))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith("not a URL: '" + typed + "'");
  }

  @Test
  void aPlaceWithinAPageIsNoPageOfItsOwn() throws Exception {
    assertThat(Target.parse("HTTPS://Example.com/a?b=c#part").toString())
        .isEqualTo("HTTPS://Example.com/a?b=c");
  }
}
