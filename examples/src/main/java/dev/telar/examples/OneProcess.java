package dev.telar.examples;

import dev.telar.Worker;

/// Starts a process that runs a method of this program, waits for its end, and asks how it ended.
final class OneProcess {

  static void main() throws InterruptedException {
    Worker worker = Worker.process("worker", OneProcess::work);
    worker.start();
    worker.join();
    IO.println("The process ended with exit code " + worker.exitCode().getAsInt());
  }

  private static void work() {
    IO.println("Working in a process of my own");
  }
}
