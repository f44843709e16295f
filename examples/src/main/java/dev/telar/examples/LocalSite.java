package dev.telar.examples;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

/// Four pages on a web server of this machine, each a quarter of a second away: examples that fetch
/// pages need no network.
final class LocalSite implements AutoCloseable {

  private static final Duration LATENCY = Duration.ofMillis(250);

  private final HttpServer server;

  private LocalSite(HttpServer server) {
    this.server = server;
  }

  static LocalSite open() {
    try {
      var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
      HttpServer server = HttpServer.create(address, 0);
      server.createContext("/", LocalSite::answer);
      server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
      server.start();
      return new LocalSite(server);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The addresses of the pages. The path of each is its size in bytes.
  List<URI> pages() {
    String root = "http://" + InetAddress.getLoopbackAddress().getHostAddress() + ":";
    int port = server.getAddress().getPort();
    return IntStream.of(1_000, 20_000, 300_000, 4_000)
        .mapToObj(size -> URI.create(root + port + "/" + size))
        .toList();
  }

  private static void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      Thread.sleep(LATENCY);
      byte[] page = new byte[Integer.parseInt(exchange.getRequestURI().getPath().substring(1))];
      exchange.sendResponseHeaders(200, page.length);
      exchange.getResponseBody().write(page);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
