package dev.telar.benchmarks;

import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Where the sources are that this was built from: results are written beside them, wherever the
/// command is called.
final class Checkout {

  private Checkout() {}

  /// Its root; the current directory if this runs from elsewhere.
  static Path root() {
    for (Path place = built(); place != null; place = place.getParent()) {
      if (Files.exists(place.resolve("benchmarks").resolve("pom.xml"))) {
        return place;
      }
    }
    return Path.of("");
  }

  @SuppressWarnings("NullAway") // a class from a class path has a source
  private static Path built() {
    try {
      return Path.of(Checkout.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /// Its commit, with `-dirty` behind it where files differ from that.
  ///
  /// @return `unknown` where there is no Git, or no checkout
  static String commit() {
    return Tool.says(
            "git", "-C", root().toAbsolutePath().toString(), "describe", "--always", "--dirty")
        .orElse("unknown");
  }

  static Path results() {
    return root().resolve("benchmarks").resolve("results");
  }

  /// What PERFORMANCE.md shows, and what CI compares with: kept in the repository.
  static Path recorded() {
    return results().resolve("recorded");
  }
}
