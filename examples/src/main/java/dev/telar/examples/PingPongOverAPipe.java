package dev.telar.examples;

import dev.telar.Worker;
import dev.telar.shared.Connection;
import dev.telar.shared.ConnectionEndedException;
import dev.telar.shared.Pipe;
import dev.telar.shared.Shared;
import java.io.IOException;

/// The parent and a process answer each other over a pipe. When the parent closes its end, the
/// process learns it; so would the parent if the process died.
final class PingPongOverAPipe {

  static void main() throws Exception {
    try (var shared = Shared.open()) {
      Pipe<String, String> pipe = shared.pipe();
      Connection<String, String> there = pipe.second();
      Worker worker = Worker.process("pong", () -> answer(there)).start();

      try (Connection<String, String> here = pipe.first()) {
        for (int i = 1; i <= 3; i++) {
          here.send("ping " + i);
          IO.println("Parent received: " + here.receive());
        }
      }
      worker.join();
    }
  }

  private static void answer(Connection<String, String> end)
      throws IOException, InterruptedException {
    try (end) {
      while (true) {
        String message = end.receive();
        end.send(message.replace("ping", "pong"));
      }
    } catch (ConnectionEndedException over) {
      IO.println("Worker: the other side has closed the pipe");
    }
  }
}
