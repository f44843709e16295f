package dev.telar.examples;

import dev.telar.Worker;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/// Fetches four pages in four processes. It works, and is not worth it: each process first has to
/// start a JVM and an HTTP client, and waiting needs no core of its own. Compare with
/// [PagesOnThreads].
final class PagesInProcesses {

  static void main() throws InterruptedException {
    try (LocalSite site = LocalSite.open()) {
      long start = System.nanoTime();
      List<Worker> workers = new ArrayList<>();
      for (URI page : site.pages()) {
        workers.add(Worker.process(page.getPath(), () -> Page.fetch(page)).start());
      }
      for (Worker worker : workers) {
        worker.join();
      }
      IO.println("Total time: " + (System.nanoTime() - start) / 1_000_000 + " ms");
    }
  }
}
