package dev.telar.cli.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.telar.cli.Jobs;
import dev.telar.cli.measure.Execution;
import dev.telar.cli.work.Answer;
import dev.telar.cli.work.InputException;
import dev.telar.cli.work.Job;
import dev.telar.cli.work.Lanes;
import dev.telar.cli.work.Mode;
import dev.telar.cli.work.Support;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

class FetchTest {

  @TempDir Path folder;

  private HttpServer server;
  private String root;
  private final CountDownLatch end = new CountDownLatch(1);
  private final AtomicInteger now = new AtomicInteger();
  private final AtomicInteger most = new AtomicInteger();
  private final AtomicInteger served = new AtomicInteger();

  @BeforeEach
  void open() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/page", exchange -> send(exchange, 200, "0123456789"));
    server.createContext("/gone", exchange -> send(exchange, 404, "gone"));
    server.createContext(
        "/moved",
        exchange -> {
          exchange.getResponseHeaders().set("Location", "/page");
          send(exchange, 302, "");
        });
    server.createContext("/stalls", this::stall);
    server.createContext("/counted", this::count);
    server.start();
    root = "http://127.0.0.1:" + server.getAddress().getPort();
  }

  @AfterEach
  void close() {
    end.countDown();
    server.stop(0);
  }

  private static void send(HttpExchange exchange, int status, String body) throws IOException {
    try (exchange) {
      byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  /// A head and a part of the body, and then nothing.
  private void stall(HttpExchange exchange) throws IOException {
    exchange.sendResponseHeaders(200, 100);
    exchange.getResponseBody().write(1);
    exchange.getResponseBody().flush();
    try {
      end.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    exchange.close();
  }

  private void count(HttpExchange exchange) throws IOException {
    most.accumulateAndGet(now.incrementAndGet(), Math::max);
    served.incrementAndGet();
    try {
      // Long enough that a second request would come in, if it were let.
      end.await(5, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    now.decrementAndGet();
    send(exchange, 200, "x");
  }

  @ParameterizedTest
  @EnumSource
  void oneFailingPageNeverFailsTheRest(Mode mode) throws Exception {
    int free = freePort();
    Job<?, ?> job =
        fetch(
            root + "/page",
            root + "/gone",
            root + "/moved",
            "http://127.0.0.1:" + free + "/",
            root + "/page?2",
            "--retries=0");
    var total = new Execution<>(job, mode, Lanes.forWaiting(4), (_, _) -> {}).run();
    Answer answer = total.answer();
    assertThat(answer.lines()).containsExactly("3 pages, 30 bytes; 2 failed.");
    assertThat(answer.failures()).hasSize(2).first().isEqualTo(root + "/gone: status 404");
    assertThat(answer.failures().get(1)).startsWith("http://127.0.0.1:" + free + "/: ");
    assertThat(total.listing().rows())
        .extracting(row -> row.get(1))
        .containsExactly(200, 404, 200, "", 200);
    assertThat(total.listing().rows().get(0).get(2)).isEqualTo(10L);
  }

  @Test
  void theLimitHoldsToTheLastByte() throws Exception {
    Answer answer = Jobs.total(fetch(root + "/stalls", "--timeout=0.3")).answer();
    assertThat(answer.failures()).containsExactly(root + "/stalls: no whole answer within 0.3 s");
  }

  @Test
  void triesAgainWhereNobodyListenedYet() throws Exception {
    int port = freePort();
    var late = HttpServer.create();
    late.createContext("/", exchange -> send(exchange, 200, "late"));
    Job<?, ?> job = fetch("http://127.0.0.1:" + port + "/", "--retries=12");
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var answer = threads.submit(() -> Jobs.total(job).answer());
      // The first tries most likely fail; whether or not, the page comes in the end.
      late.bind(new InetSocketAddress("127.0.0.1", port), 0);
      late.start();
      assertThat(answer.get().lines()).containsExactly("1 page, 4 bytes.");
    } finally {
      late.stop(0);
    }
  }

  @Test
  void aHostGetsNoMoreRequestsAtATimeThanAllowed() throws Exception {
    String[] pages =
        IntStream.range(0, 40).mapToObj(i -> root + "/counted?" + i).toArray(String[]::new);
    Fetch fetch = new Fetch(List.of());
    Job<?, ?> job = parsed(fetch, append(pages, "--per-host=3")).job(8);
    new Execution<>(job, Mode.VIRTUAL, Lanes.of(8), (_, _) -> {}).run();
    assertThat(served).hasValue(40);
    assertThat(most).hasValueBetween(1, 3);
    assertThat(most.get()).as("without a limit there would be up to 40").isGreaterThan(1);
  }

  @Test
  void processesShareTheTurnsAtAHost() throws Exception {
    var job = (FetchJob) fetch(root + "/page", "--per-host=5");
    assertThat(job.input()).endsWith("(processes share them out, at least 1 each)");
    assertThat(((Fetcher) job.function(1)).perHost()).isEqualTo(5);
    assertThat(((Fetcher) job.function(2)).perHost()).isEqualTo(2);
    assertThat(((Fetcher) job.function(9)).perHost()).isEqualTo(1);
  }

  @Test
  void noHostHoldsUpTheOthers() throws Exception {
    var job = (FetchJob) fetch("http://a/1", "http://a/2", "http://a/3", "http://b/1");
    assertThat(job.items())
        .extracting(target -> target.uri().toString())
        .containsExactly("http://a/1", "http://b/1", "http://a/2", "http://a/3");
  }

  @Test
  void readsUrlsFromAFileEachOnce() throws Exception {
    Path list = folder.resolve("list");
    Files.writeString(list, "# pages\n\n  http://a/1  \nhttp://a/2#x\nhttp://a/1\n");
    assertThat(((FetchJob) fetch("@" + list)).items()).hasSize(2);
    Files.writeString(list, "# nothing\n");
    assertThatThrownBy(() -> fetch("@" + list))
        .isInstanceOf(InputException.class)
        .hasMessage("no URLs in @" + list + "; write one in a line");
  }

  @Test
  void savesWholePagesOnly() throws Exception {
    Path out = folder.resolve("new/out");
    Jobs.total(fetch(root + "/page/a", root + "/page/A", root + "/gone", "--out=" + out));
    Jobs.total(fetch(root + "/stalls", "--timeout=0.3", "--out=" + out));
    try (var files = Files.list(out)) {
      assertThat(files)
          .hasSize(2)
          .allMatch(file -> file.toString().endsWith(".html"))
          .allSatisfy(file -> assertThat(file).hasContent("0123456789"));
    }
  }

  @Test
  void withoutInputItFetchesFromAServerOfItsOwn() throws Exception {
    var fetch = new Fetch(List.of());
    try (Support support = fetch.support()) {
      var inMeasuringJvm = parsed(new Fetch(), support.arguments().toArray(String[]::new));
      Job<?, ?> job = inMeasuringJvm.job(2);
      assertThat(job.input()).isEqualTo("200 pages from a local server that takes 100 ms for each");
      Answer answer = new Execution<>(job, Mode.VIRTUAL, Lanes.of(1), (_, _) -> {}).run().answer();
      assertThat(answer.lines()).containsExactly("200 pages, 2,390,000 bytes.");
      assertThat(answer.exact()).isTrue();
    }
  }

  private static Job<?, ?> fetch(String... arguments) throws Exception {
    return parsed(new Fetch(), arguments).job(4);
  }

  private static Fetch parsed(Fetch fetch, String... arguments) {
    var spec = CommandSpec.create();
    spec.addMixin("workload", CommandSpec.forAnnotatedObjectLenient(fetch));
    new CommandLine(spec).setExpandAtFiles(false).parseArgs(arguments);
    return fetch;
  }

  private static String[] append(String[] all, String one) {
    return Stream.concat(Arrays.stream(all), Stream.of(one)).toArray(String[]::new);
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
