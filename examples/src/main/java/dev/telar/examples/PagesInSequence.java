package dev.telar.examples;

import java.io.IOException;
import java.net.URI;

/// Fetches four pages, one after the other: nearly all the time is spent waiting.
final class PagesInSequence {

  static void main() throws IOException, InterruptedException {
    try (LocalSite site = LocalSite.open()) {
      long start = System.nanoTime();
      for (URI page : site.pages()) {
        Page.fetch(page);
      }
      IO.println("Total time: " + (System.nanoTime() - start) / 1_000_000 + " ms");
    }
  }
}
