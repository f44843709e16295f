package dev.telar.cli.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class PageNamesTest {

  @Test
  void tellWhereAPageIsFrom() {
    assertThat(name("http://example.com/news/today"))
        .startsWith("example.com-news-today-")
        .endsWith(".html");
    assertThat(name("http://example.com/logo.PNG?size=2"))
        .startsWith("example.com-logo-size-2-")
        .endsWith(".png");
  }

  @Test
  void areSafeForEveryUrl() {
    String evil =
        "/..%2f..%2fetc/../../passwd/.hidden;a=b/~x/" + "%C3%A9".repeat(200) + "?q=<>:\"|*";
    for (String url :
        List.of("http://h/..", "http://h/.ssh", "http://[::1]:80/", "http://h" + escaped(evil))) {
      assertThat(name(url)).matches("[A-Za-z0-9_][A-Za-z0-9._-]{0,110}").doesNotContain("..");
    }
  }

  @Test
  void differWhereUrlsDo() {
    assertThat(
            List.of(
                name("http://h/a"),
                name("http://h/A").toLowerCase(Locale.ROOT),
                name("http://h/a/"),
                name("http://h/a?"),
                name("http://h/a-b"),
                name("http://h/a/b"),
                name("https://h/a"),
                name("http://h/" + "x".repeat(200) + "1"),
                name("http://h/" + "x".repeat(200) + "2")))
        .doesNotHaveDuplicates();
    assertThat(name("http://h/a")).isEqualTo(name("http://h/a"));
  }

  private static String escaped(String path) {
    return path.replace("<", "%3C").replace(">", "%3E").replace("\"", "%22").replace("|", "%7C");
  }

  private static String name(String url) {
    return PageNames.of(URI.create(url));
  }
}
