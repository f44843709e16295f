package dev.telar.cli.fetch;

import dev.telar.TaskFunction;
import java.io.IOException;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.UnresolvedAddressException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Fetches one page: one limit for each try from the request to the last byte, redirects (but never
/// from https to http), and further tries if there was no connection. Whatever goes wrong is told
/// in the [Page], so that one page never spoils the rest.
///
/// @param perHost how many requests this JVM may have at one host, or 0 for no limit
/// @param timeout the limit for each try
/// @param retries how many further tries
record Fetcher(int perHost, Duration timeout, int retries) implements TaskFunction<Target, Page> {

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  private static final int FIRST_ERROR = 400;

  /// One client in each JVM: it holds the connections that later requests use again.
  private static final class Client {
    static final HttpClient HTTP =
        HttpClient.newBuilder()
            .followRedirects(HttpClient.Redirect.NORMAL)
            .connectTimeout(CONNECT_TIMEOUT)
            .executor(Executors.newVirtualThreadPerTaskExecutor())
            .build();
  }

  @Override
  public Page apply(Target target) throws InterruptedException {
    Runnable leave = HostLimit.enter(Target.host(target.uri()), perHost);
    try {
      return fetch(target);
    } finally {
      leave.run();
    }
  }

  private Page fetch(Target target) throws InterruptedException {
    long start = System.nanoTime();
    var count = new Counter();
    int status = 0;
    String failure = "";
    try {
      status = target.file().isEmpty() ? request(target, count) : save(target, count);
      if (status >= FIRST_ERROR) {
        failure = "status " + status;
      }
    } catch (IOException | IllegalArgumentException e) {
      failure = reason(e);
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    String file = failure.isEmpty() ? target.file() : "";
    return new Page(
        target.index(), target.uri().toString(), status, count.bytes, seconds, file, failure);
  }

  /// What has arrived of a page.
  private static final class Counter {
    long bytes;
    OutputStream to = OutputStream.nullOutputStream();
  }

  /// The page appears under its name when it is whole.
  private int save(Target target, Counter count) throws IOException, InterruptedException {
    Path file = Path.of(target.file());
    Path part = Files.createTempFile(file.toAbsolutePath().getParent(), ".telar", ".part");
    try {
      int status;
      try (OutputStream out = Files.newOutputStream(part)) {
        count.to = out;
        status = request(target, count);
      }
      if (status < FIRST_ERROR) {
        move(part, file);
      }
      return status;
    } finally {
      Files.deleteIfExists(part);
    }
  }

  private static void move(Path part, Path file) throws IOException {
    try {
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private int request(Target target, Counter count) throws IOException, InterruptedException {
    Duration pause = FIRST_PAUSE;
    for (int left = retries; ; left--) {
      try {
        return tryOnce(target, count);
      } catch (ConnectException | HttpConnectTimeoutException e) {
        if (left == 0) {
          throw e;
        }
        Thread.sleep(pause);
        pause = pause.multipliedBy(2);
      }
    }
  }

  private int tryOnce(Target target, Counter count) throws IOException, InterruptedException {
    // HTTP/2 only where TLS negotiates it: some servers take the plain upgrade amiss.
    boolean secure = "https".equalsIgnoreCase(target.uri().getScheme());
    var request =
        HttpRequest.newBuilder(target.uri())
            .version(secure ? HttpClient.Version.HTTP_2 : HttpClient.Version.HTTP_1_1)
            .header("User-Agent", "telar")
            .build();
    // The client's own time limit ends with the head of the answer; this one holds for all of it.
    CompletableFuture<HttpResponse<Void>> answer =
        Client.HTTP.sendAsync(
            request,
            _ ->
                new PageBody(
                    chunk -> {
                      count.to.write(chunk);
                      count.bytes += chunk.length;
                    }));
    try {
      return answer.get(timeout.toNanos(), TimeUnit.NANOSECONDS).statusCode();
    } catch (TimeoutException e) {
      throw new IOException("no whole answer within " + seconds(timeout), e);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
    } finally {
      answer.cancel(true);
    }
  }

  private static String seconds(Duration duration) {
    return (duration.toMillis() / 1000.0 + " s").replace(".0 ", " ");
  }

  private static String reason(Exception e) {
    // The client often says no more of what went wrong than the types in its causes.
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof UnresolvedAddressException) {
        return "unknown host";
      }
    }
    String message = e.getMessage();
    if (message != null && !message.isBlank()) {
      return message.lines().findFirst().orElseThrow();
    }
    return e instanceof ConnectException ? "no connection" : e.getClass().getSimpleName();
  }
}
