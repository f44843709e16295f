package dev.telar.examples;

import dev.telar.Worker;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/// Fetches four pages on four threads: they wait at the same time, so the whole takes about as long
/// as the slowest page.
final class PagesOnThreads {

  static void main() throws InterruptedException {
    try (LocalSite site = LocalSite.open()) {
      long start = System.nanoTime();
      List<Worker> workers = new ArrayList<>();
      for (URI page : site.pages()) {
        workers.add(Worker.thread(page.getPath(), () -> Page.fetch(page)).start());
      }
      for (Worker worker : workers) {
        worker.join();
      }
      IO.println("Total time: " + (System.nanoTime() - start) / 1_000_000 + " ms");
    }
  }
}
