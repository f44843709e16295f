package dev.telar.examples;

import dev.telar.shared.Connection;
import dev.telar.shared.ConnectionEndedException;
import dev.telar.shared.Listener;
import java.net.UnixDomainSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;

/// Two programs that know nothing of each other but a socket's path and a key: one listens, the
/// other connects. Both prove that they have the key before anything else is read. (With
/// `Listener.tcp` it goes over a port.)
final class TwoProgramsOverASocket {

  static void main() throws Exception {
    Path folder = Files.createTempDirectory("two-programs");
    byte[] key = "at least 32 random bytes, please".getBytes(StandardCharsets.UTF_8);
    Path socket = folder.resolve("socket");
    try (var listener = Listener.unix(socket, key)) {
      Process client = startClient(socket, key);
      try (Connection<String, Integer> connection = listener.accept()) {
        while (true) {
          int number = connection.receive();
          connection.send(number + " squared is " + number * number);
        }
      } catch (ConnectionEndedException end) {
        IO.println("Server: the client has closed the connection");
      }
      client.waitFor();
    } finally {
      Files.delete(folder);
    }
  }

  /// The other program: as if somebody had typed `java … Client`.
  private static Process startClient(Path socket, byte[] key) throws Exception {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            Client.class.getName(),
            socket.toString(),
            HexFormat.of().formatHex(key))
        .inheritIO()
        .start();
  }

  /// What the other program runs.
  static final class Client {

    public static void main(String[] args) throws Exception {
      var address = UnixDomainSocketAddress.of(args[0]);
      byte[] key = HexFormat.of().parseHex(args[1]);
      try (Connection<Integer, String> server = Connection.connect(address, key)) {
        for (int number : new int[] {3, 12}) {
          server.send(number);
          IO.println("Client: " + server.receive());
        }
      }
    }
  }
}
