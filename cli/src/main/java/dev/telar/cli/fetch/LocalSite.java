package dev.telar.cli.fetch;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

/// Pages on a web server of this machine, each some time away, as on the web: who fetches them
/// needs no network and troubles nobody.
final class LocalSite implements AutoCloseable {

  static final int PAGES = 200;
  static final Duration LATENCY = Duration.ofMillis(100);

  private static final int SMALLEST = 2_000;
  private static final int STEP = 100;
  // All pages may be asked for at one instant.
  private static final int BACKLOG = 1024;

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  private LocalSite(HttpServer server) {
    this.server = server;
  }

  static LocalSite open() throws IOException {
    // Else head and body of an answer go separately, and the second waits 40 ms for a word of the
    // client. Read once, when the first server is made.
    System.setProperty("sun.net.httpserver.nodelay", "true");
    var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    var site = new LocalSite(HttpServer.create(address, BACKLOG));
    site.server.createContext("/", LocalSite::answer);
    site.server.setExecutor(site.threads);
    site.server.start();
    return site;
  }

  /// Where the site is, without a slash at the end.
  String root() {
    InetSocketAddress address = server.getAddress();
    String host = address.getAddress().getHostAddress();
    return "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + address.getPort();
  }

  /// The pages of a site.
  ///
  /// @param root where it is
  static List<String> pages(String root) {
    return IntStream.range(0, PAGES).mapToObj(i -> root + "/" + (SMALLEST + STEP * i)).toList();
  }

  /// The path of a page is its size.
  private static void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      exchange.getRequestBody().readAllBytes();
      Thread.sleep(LATENCY);
      byte[] page = new byte[Integer.parseInt(exchange.getRequestURI().getPath().substring(1))];
      Arrays.fill(page, (byte) '.');
      exchange.getResponseHeaders().set("Content-Type", "text/plain");
      exchange.sendResponseHeaders(200, page.length);
      exchange.getResponseBody().write(page);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
