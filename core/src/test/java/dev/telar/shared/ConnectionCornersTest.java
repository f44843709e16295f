package dev.telar.shared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.telar.testing.JavaProgram;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Where the promises of a [Connection] between programs are tightest.
class ConnectionCornersTest {
  private static final byte[] KEY = "a key of a test".getBytes(StandardCharsets.UTF_8);

  @TempDir Path directory;
  private final List<AutoCloseable> open = new ArrayList<>();

  @AfterEach
  void closeAll() throws Exception {
    for (AutoCloseable each : open.reversed()) {
      each.close();
    }
  }

  private <T extends AutoCloseable> T closed(T what) {
    open.add(what);
    return what;
  }

  private record Two(Connection<Object, Object> here, Connection<Object, Object> there) {}

  private Two two() throws Exception {
    var address = UnixDomainSocketAddress.of(directory.resolve("s"));
    Listener listener = closed(Listener.open(address, KEY, ConnectionOptions.defaults()));
    Connection<Object, Object> there = closed(Connection.connect(address, KEY));
    return new Two(closed(listener.accept()), there);
  }

  @Test
  void whatHadBeenSentIsReceivedAlsoAfterSendingHasFailed() throws Exception {
    Two two = two();
    for (int i = 0; i < 3; i++) {
      two.there.send(i);
    }
    two.there.close();
    await()
        .untilAsserted(
            () ->
                assertThatThrownBy(() -> two.here.send("to nobody"))
                    .isInstanceOf(ConnectionEndedException.class));
    for (int i = 0; i < 3; i++) {
      assertThat(two.here.receive()).isEqualTo(i);
    }
    assertThatThrownBy(two.here::receive)
        .isInstanceOf(ConnectionEndedException.class)
        .hasMessageContaining("closed by the other side");
    assertThat(two.here.isReady()).isTrue();
  }

  /// As of a program that is stopped: the system takes connections for it until its queue is full.
  /// A platform thread would wait without limit; a virtual one would be refused at once.
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aListenerThatAcceptsNobodyIsNotWaitedForLongerThanTheLimit(boolean virtual)
      throws Exception {
    var address = UnixDomainSocketAddress.of(directory.resolve("s"));
    var deaf = closed(ServerSocketChannel.open(StandardProtocolFamily.UNIX));
    deaf.bind(address, 1);
    assertThatThrownBy(
            () -> {
              while (true) {
                SocketChannel waiting = closed(SocketChannel.open(StandardProtocolFamily.UNIX));
                waiting.configureBlocking(false);
                waiting.connect(address);
              }
            })
        .hasMessageContaining("unavailable");
    var options = ConnectionOptions.defaults().withHandshakeTimeout(Duration.ofMillis(200));
    try (var threads =
        Executors.newThreadPerTaskExecutor(
            virtual ? Thread.ofVirtual().factory() : Thread.ofPlatform().factory())) {
      try {
        Future<?> connecting = threads.submit(() -> Connection.connect(address, KEY, options));
        assertThatThrownBy(() -> connecting.get(20, TimeUnit.SECONDS))
            .cause()
            .isInstanceOf(IOException.class)
            .hasMessageContaining("nobody answers at " + address + " in time");
        Future<?> interrupted =
            threads.submit(() -> Connection.connect(address, KEY, ConnectionOptions.defaults()));
        threads.shutdownNow();
        assertThatThrownBy(() -> interrupted.get(20, TimeUnit.SECONDS))
            .hasCauseInstanceOf(InterruptedException.class);
      } finally {
        deaf.close();
      }
    }
  }

  /// Another program: says hello, and reads nothing.
  public static final class Hello {
    public static void main(String[] arguments) throws Exception {
      Path told = Path.of(arguments[0]);
      SocketAddress address =
          arguments[1].equals("UNIX")
              ? UnixDomainSocketAddress.of(told.resolveSibling("hello.socket"))
              : new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
      try (Listener listener = Listener.open(address, KEY, ConnectionOptions.defaults())) {
        int port = listener.address() instanceof InetSocketAddress inet ? inet.getPort() : 0;
        Files.writeString(told.resolveSibling("half"), "" + port);
        Files.move(told.resolveSibling("half"), told);
        Connection<Object, Object> client = listener.accept();
        client.send("hello");
        Thread.sleep(60_000);
      }
    }
  }

  enum Kind {
    UNIX,
    TCP
  }

  /// The system resets the connection of a process that is killed with something unread.
  @ParameterizedTest
  @EnumSource
  void aPeerThatDiesWithSomethingUnreadIsAnEndAndNoOtherError(Kind kind) throws Exception {
    Path told = directory.resolve("told");
    try (var program = JavaProgram.start(Hello.class, told.toString(), kind.name())) {
      await().until(() -> Files.exists(told));
      SocketAddress address =
          kind == Kind.UNIX
              ? UnixDomainSocketAddress.of(directory.resolve("hello.socket"))
              : new InetSocketAddress(
                  InetAddress.getLoopbackAddress(), Integer.parseInt(Files.readString(told)));
      Connection<Object, Object> server = closed(Connection.connect(address, KEY));
      server.send("never read");
      assertThat(server.receive()).isEqualTo("hello");
      program.kill();
      assertThatThrownBy(server::receive)
          .isInstanceOf(ConnectionEndedException.class)
          .hasMessageContaining("has ended");
    }
  }

  /// To look for a message takes it out of the socket, where the other thread waits for it.
  @Test
  void whoOnlyLooksDoesNotKeepAMessageFromWhoWaits() throws Exception {
    Two two = two();
    var received = new AtomicInteger();
    Thread receiver =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    while (true) {
                      two.here.receive();
                      received.incrementAndGet();
                    }
                  } catch (IOException | InterruptedException end) {
                    // the test is over
                  }
                });
    for (int i = 1; i <= 2000; i++) {
      two.there.send(i);
      long start = System.nanoTime();
      while (received.get() < i) {
        two.here.poll(Duration.ZERO);
        assertThat(Duration.ofNanos(System.nanoTime() - start))
            .as("message %d is there, and somebody waits for it", i)
            .isLessThan(Duration.ofSeconds(10));
      }
    }
    receiver.interrupt();
    receiver.join();
  }

  @Test
  void aSignalThatThrowsCostsNoOtherConnectionItsLife() throws Exception {
    Two two = two();
    var called = new AtomicReference<Thread>();
    two.here.onReady(
        () -> {
          called.set(Thread.currentThread());
          throw new IllegalStateException("a mistake, and part of a test");
        });
    two.there.send(1);
    await().dontCatchUncaughtExceptions().until(() -> called.get() != null);
    assertThat(called.get().getName()).as("it waits for all sockets").isEqualTo("telar-sockets");
    assertThat(two.here.receive()).isEqualTo(1);
    Thread answers =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    two.there.send(two.there.receive());
                  } catch (IOException | InterruptedException e) {
                    throw new IllegalStateException(e);
                  }
                });
    await().until(() -> answers.getState() == Thread.State.WAITING);
    two.here.send(2);
    assertThat(two.here.poll(Duration.ofSeconds(10))).isTrue();
    assertThat(two.here.receive()).isEqualTo(2);
  }

  @Test
  void aSignalIsCalledOnce() throws Exception {
    Two two = two();
    var calls = new AtomicInteger();
    two.there.send(1);
    two.here.poll(Duration.ofSeconds(10));
    two.here.onReady(calls::incrementAndGet);
    assertThat(calls.get()).isEqualTo(1);
  }
}
