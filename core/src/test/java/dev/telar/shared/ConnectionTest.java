package dev.telar.shared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.telar.TaskNotSerializableException;
import dev.telar.Waitable;
import dev.telar.Worker;
import dev.telar.testing.JavaProgram;
import java.io.IOException;
import java.io.ObjectInputFilter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Connections between programs that were started apart; most often, both are this one.
class ConnectionTest {

  private static final byte[] KEY = "a key of a test".getBytes(StandardCharsets.UTF_8);
  private static final ConnectionOptions HASTY =
      ConnectionOptions.defaults().withHandshakeTimeout(Duration.ofSeconds(2));

  record Point(int x, long y) {}

  enum Kind {
    UNIX,
    TCP
  }

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

  private SocketAddress address(Kind kind) {
    return kind == Kind.UNIX
        ? UnixDomainSocketAddress.of(directory.resolve("s"))
        : new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  }

  private Listener listener(Kind kind) throws IOException {
    return closed(Listener.open(address(kind), KEY, HASTY));
  }

  private record Two(Connection<Object, Object> here, Connection<Object, Object> there) {}

  private Two two(Kind kind) throws Exception {
    return two(kind, ConnectionOptions.defaults());
  }

  private Two two(Kind kind, ConnectionOptions options) throws Exception {
    Listener listener = closed(Listener.open(address(kind), KEY, options));
    Connection<Object, Object> there = closed(Connection.connect(listener.address(), KEY));
    Connection<Object, Object> here = closed(listener.accept());
    return new Two(here, there);
  }

  @ParameterizedTest
  @EnumSource
  void messagesArriveWholeAndInOrderBothWays(Kind kind) throws Exception {
    Two two = two(kind);
    for (int round = 0; round < 50; round++) {
      for (int i = 0; i < 20; i++) {
        two.there.send(new Point(i, -i));
        two.here.send("message " + i);
      }
      for (int i = 0; i < 20; i++) {
        assertThat(two.here.receive()).isEqualTo(new Point(i, -i));
        assertThat(two.there.receive()).isEqualTo("message " + i);
      }
    }
    assertThat(two.here.poll(Duration.ZERO)).isFalse();
  }

  @ParameterizedTest
  @EnumSource
  void aLongMessageArrivesWhileItIsStillBeingSent(Kind kind) throws Exception {
    Two two = two(kind);
    double[] large = IntStream.range(0, 5_000_000).mapToDouble(i -> i).toArray();
    Thread sender = sender(two.there, large);
    assertThat(two.here.receive()).isEqualTo(large);
    sender.join();
  }

  private static Thread sender(Connection<Object, Object> connection, Object... messages) {
    return Thread.ofVirtual()
        .start(
            () -> {
              try {
                for (Object each : messages) {
                  connection.send(each);
                }
              } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
              }
            });
  }

  @ParameterizedTest
  @EnumSource
  void whatWasSentBeforeTheEndIsReceivedThenTheEnd(Kind kind) throws Exception {
    Two two = two(kind);
    two.here.send("never read"); // must not cost the other direction anything
    byte[] large = new byte[3_000_000];
    Thread sender = sender(two.there, 1, large, 3);
    assertThat(two.here.receive()).isEqualTo(1);
    assertThat(two.here.receive()).isEqualTo(large);
    sender.join();
    two.there.close();
    assertThat(two.here.receive()).isEqualTo(3);
    assertThat(two.here.poll(Duration.ofSeconds(10))).isTrue();
    assertThatThrownBy(two.here::receive)
        .isInstanceOf(ConnectionEndedException.class)
        .hasMessageContaining("was closed by the other side");
    assertThatThrownBy(() -> two.here.send(1)).isInstanceOf(ConnectionEndedException.class);
    assertThatThrownBy(two.there::receive)
        .isInstanceOf(ConnectionEndedException.class)
        .hasMessageContaining("closed by this side");
  }

  @Test
  void closingWakesWhoeverWaitsHere() throws Exception {
    Two two = two(Kind.UNIX);
    var failure = new CompletableFuture<Throwable>();
    Thread.ofVirtual()
        .start(
            () -> {
              try {
                two.here.receive();
              } catch (IOException | InterruptedException e) {
                failure.complete(e);
              }
            });
    two.here.close();
    assertThat(failure.get()).isInstanceOf(ConnectionEndedException.class);
  }

  @ParameterizedTest
  @EnumSource
  void anotherKeyIsRefusedOnBothSidesAndTheListenerGoesOn(Kind kind) throws Exception {
    Listener listener = listener(kind);
    byte[] other = "another key".getBytes(StandardCharsets.UTF_8);
    assertThatThrownBy(() -> Connection.connect(listener.address(), other))
        .isInstanceOf(AuthenticationException.class)
        .hasMessageContaining("do not have the same key");
    assertThatTheListenerGoesOn(listener);
  }

  private void assertThatTheListenerGoesOn(Listener listener) throws Exception {
    Connection<Object, Object> there = closed(Connection.connect(listener.address(), KEY));
    Connection<Object, Object> here = closed(listener.accept());
    there.send("hello");
    assertThat(here.receive()).isEqualTo("hello");
    assertThat((Object) listener.accept(Duration.ZERO)).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\0\0",
        "GET / HTTP/1.1\r\n\r\n",
        "\0\0\0\4abcd",
        "\0\0\0\377",
        "\0\0\0\0\0\0\0\0",
      })
  void garbageIsRefusedAndTheListenerGoesOn(String garbage) throws Exception {
    for (boolean hangUp : new boolean[] {true, false}) {
      Listener listener = listener(Kind.TCP);
      try (var peer = SocketChannel.open(listener.address())) {
        peer.write(ByteBuffer.wrap(garbage.getBytes(StandardCharsets.ISO_8859_1)));
        if (hangUp) {
          peer.shutdownOutput();
        }
        assertThatTheListenerGoesOn(listener);
        assertThat(readAll(peer)).as("the listener hangs up").isNotNull();
      }
    }
  }

  private static byte[] readAll(SocketChannel peer) throws IOException {
    ByteBuffer all = ByteBuffer.allocate(10_000);
    try {
      while (peer.read(all) >= 0) {}
    } catch (IOException reset) {
      // as good as an end
    }
    return all.array();
  }

  @Test
  void aGreetingOfAnotherVersionIsRefusedInWords() throws Exception {
    try (var server = java.nio.channels.ServerSocketChannel.open().bind(address(Kind.TCP))) {
      var refusal =
          CompletableFuture.supplyAsync(
              () -> {
                try {
                  Connection.connect(server.getLocalAddress(), KEY);
                  return null;
                } catch (IOException | InterruptedException e) {
                  return e;
                }
              },
              Executors.newVirtualThreadPerTaskExecutor());
      try (var peer = server.accept()) {
        ByteBuffer hello = ByteBuffer.allocate(49);
        while (hello.hasRemaining()) {
          peer.read(hello);
        }
        hello.put(12, (byte) 9);
        peer.write(hello.flip());
        assertThat(refusal.get())
            .isInstanceOf(AuthenticationException.class)
            .hasMessageContaining("speaks version 9 of the protocol, and this program version 1");
      }
    }
  }

  @Test
  void aListenerWithoutTheKeyIsNotBelieved() throws Exception {
    try (var server = java.nio.channels.ServerSocketChannel.open().bind(address(Kind.TCP))) {
      Thread.ofVirtual()
          .start(
              () -> {
                try (var peer = server.accept()) {
                  ByteBuffer hello = ByteBuffer.allocate(49);
                  while (hello.hasRemaining()) {
                    peer.read(hello);
                  }
                  peer.write(hello.flip());
                  peer.write(ByteBuffer.allocate(37).putInt(0, 33).put(4, (byte) 1));
                  readAll(peer);
                } catch (IOException e) {
                  throw new IllegalStateException(e);
                }
              });
      assertThatThrownBy(() -> Connection.connect(server.getLocalAddress(), KEY))
          .isInstanceOf(AuthenticationException.class)
          .hasMessageContaining("does not have the same key");
    }
  }

  @Test
  void aListenerThatSaysNothingIsGivenUp() throws Exception {
    try (var server = java.nio.channels.ServerSocketChannel.open().bind(address(Kind.TCP))) {
      assertThatThrownBy(() -> Connection.connect(server.getLocalAddress(), KEY, HASTY))
          .isInstanceOf(AuthenticationException.class)
          .hasMessageContaining("did not prove in time");
    }
  }

  @Test
  void silentPeersKeepNobodyElseWaiting() throws Exception {
    Listener listener =
        closed(Listener.open(address(Kind.UNIX), KEY, ConnectionOptions.defaults()));
    for (int i = 0; i < 50; i++) {
      closed(SocketChannel.open(listener.address()));
    }
    assertThatTheListenerGoesOn(listener);
  }

  @Test
  void aConnectionToNowhereSaysSo() {
    assertThatThrownBy(() -> Connection.connect(address(Kind.UNIX), KEY))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(directory.toString());
    assertThatThrownBy(
            () ->
                Connection.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), 1), KEY))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("nobody listens at");
    assertThatThrownBy(() -> Listener.tcp(0, new byte[0]))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @EnumSource
  void anInterruptedReceiverLosesNothing(Kind kind) throws Exception {
    Two two = two(kind);
    for (boolean virtual : new boolean[] {true, false}) {
      var ended = new CompletableFuture<Throwable>();
      Runnable receive =
          () -> {
            try {
              two.here.receive();
              ended.complete(null);
            } catch (IOException | InterruptedException e) {
              ended.complete(e);
            }
          };
      Thread receiver =
          virtual ? Thread.ofVirtual().start(receive) : Thread.ofPlatform().start(receive);
      await().until(() -> receiver.getState() == Thread.State.WAITING);
      receiver.interrupt();
      assertThat(ended.get()).isInstanceOf(InterruptedException.class);
      two.there.send("still here");
      assertThat(two.here.receive()).isEqualTo("still here");
    }
    Thread.currentThread().interrupt();
    assertThatThrownBy(two.here::receive).isInstanceOf(InterruptedException.class);
    assertThat(Thread.interrupted()).isFalse();
  }

  @ParameterizedTest
  @EnumSource
  void anInterruptedSenderLetsTheRestOfItsMessageFollow(Kind kind) throws Exception {
    Two two = two(kind);
    byte[] large = new byte[20_000_000];
    large[19_999_999] = 7;
    var interrupted = new AtomicReference<Boolean>();
    Thread sender =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    two.there.send(large);
                    interrupted.set(Thread.interrupted());
                  } catch (IOException | InterruptedException e) {
                    throw new IllegalStateException(e);
                  }
                });
    await().until(() -> sender.getState() == Thread.State.WAITING);
    sender.interrupt();
    sender.join();
    assertThat(interrupted.get()).isTrue();
    Thread next = sender(two.there, "after");
    assertThat(two.here.receive()).isEqualTo(large);
    assertThat(two.here.receive()).isEqualTo("after");
    next.join();
    assertThat(two.here.poll(Duration.ZERO)).isFalse();
  }

  @Test
  void closingBehindAnInterruptedSenderStillDeliversItsMessage() throws Exception {
    Two two = two(Kind.TCP);
    byte[] large = new byte[20_000_000];
    Thread sender = sender(two.there, large);
    await().until(() -> sender.getState() == Thread.State.WAITING);
    sender.interrupt();
    sender.join();
    two.there.close();
    assertThat(two.here.receive()).isEqualTo(large);
    assertThatThrownBy(two.here::receive)
        .isInstanceOf(ConnectionEndedException.class)
        .hasMessageContaining("closed by the other side");
  }

  @Test
  void whatCannotTravelIsAnErrorOfTheSenderAndTheConnectionGoesOn() throws Exception {
    Two two = two(Kind.UNIX, ConnectionOptions.defaults().withMaxMessageBytes(10_000));
    assertThatThrownBy(() -> two.here.send(List.of(new Socket())))
        .isInstanceOf(TaskNotSerializableException.class)
        .hasMessageContaining("java.net.Socket");
    assertThatThrownBy(() -> two.there.send(new byte[10_001]))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("withMaxMessageBytes");
    two.here.send("fine");
    two.there.send("fine");
    assertThat(two.there.receive()).isEqualTo("fine");
    assertThat(two.here.receive()).isEqualTo("fine");
  }

  @Test
  void aClassThatTheFilterRefusesIsAnErrorOfThatMessageAlone() throws Exception {
    var filter = ObjectInputFilter.Config.createFilter("!java.util.BitSet");
    Two two = two(Kind.UNIX, ConnectionOptions.defaults().withFilter(filter));
    two.there.send(new BitSet());
    two.there.send("next");
    assertThatThrownBy(two.here::receive)
        .isInstanceOf(UnreadableElementException.class)
        .hasMessageContaining("REJECTED");
    assertThat(two.here.receive()).isEqualTo("next");
  }

  @Test
  void eachMessageGoesToOneOfManyReceivers() throws Exception {
    Two two = two(Kind.UNIX);
    int count = 20_000;
    var received = java.util.Collections.synchronizedList(new ArrayList<Integer>());
    var receivers = new ArrayList<Thread>();
    for (int i = 0; i < 8; i++) {
      Runnable receive =
          () -> {
            try {
              while (true) {
                received.add((Integer) two.here.receive());
              }
            } catch (ConnectionEndedException e) {
              // the end
            } catch (IOException | InterruptedException e) {
              throw new IllegalStateException(e);
            }
          };
      receivers.add(
          i % 2 == 0 ? Thread.ofVirtual().start(receive) : Thread.ofPlatform().start(receive));
    }
    for (int i = 0; i < count; i++) {
      two.there.send(i);
    }
    two.there.close();
    for (Thread each : receivers) {
      each.join();
    }
    assertThat(received).hasSize(count).doesNotHaveDuplicates();
  }

  @Test
  void manyWaitingVirtualThreadsBlockNoCarrier() throws Exception {
    Two two = two(Kind.UNIX);
    var started = new CountDownLatch(1000);
    var done = new CountDownLatch(1000);
    for (int i = 0; i < 1000; i++) {
      Thread.ofVirtual()
          .start(
              () -> {
                started.countDown();
                try {
                  two.here.receive();
                } catch (IOException | InterruptedException e) {
                  throw new IllegalStateException(e);
                }
                done.countDown();
              });
    }
    started.await();
    for (int i = 0; i < 1000; i++) {
      two.there.send(i);
    }
    done.await();
  }

  @Test
  void theFirstOfConnectionsAndWorkersIsAwaited() throws Exception {
    Two first = two(Kind.TCP);
    Two second = two(Kind.TCP);
    var latch = new CountDownLatch(1);
    try (Worker thread = Worker.thread("waits", latch::await)) {
      thread.start();
      List<Waitable> all = List.of(first.here, second.here, thread);
      assertThat(Connection.awaitAny(all, Duration.ZERO)).isEmpty();
      assertThat(Connection.awaitAny(all, Duration.ofMillis(30))).isEmpty();
      assertThat(Connection.awaitAny(List.of(), Duration.ofDays(1))).isEmpty();
      var sent = Thread.ofVirtual().unstarted(() -> send(second.there, "x"));
      sent.start();
      assertThat(Connection.awaitAny(all, Duration.ofSeconds(20))).containsExactly(second.here);
      assertThat(second.here.receive()).isEqualTo("x");
      latch.countDown();
      assertThat(Connection.awaitAny(all, Duration.ofSeconds(20))).containsExactly(thread);
      assertThat(thread.isAlive()).isFalse();
      first.there.close();
      assertThat(Connection.awaitAny(all, Duration.ofSeconds(20))).contains(thread);
      await().until(() -> Connection.awaitAny(all, Duration.ofSeconds(20)).contains(first.here));
    }
  }

  private static void send(Connection<Object, Object> connection, Object message) {
    try {
      connection.send(message);
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void anInterruptEndsAWaitForAny() throws Exception {
    Two two = two(Kind.UNIX);
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> Connection.awaitAny(List.of(two.here), Duration.ofDays(1)))
        .isInstanceOf(InterruptedException.class);
  }

  @Test
  void aSocketFileOfADeadProgramIsReplacedAndNothingElseIs() throws Exception {
    Path path = directory.resolve("s");
    var address = UnixDomainSocketAddress.of(path);
    java.nio.channels.ServerSocketChannel.open(java.net.StandardProtocolFamily.UNIX)
        .bind(address)
        .close(); // leaves its file
    assertThat(path).exists();
    try (Listener listener = Listener.unix(path, KEY)) {
      assertThat(Files.getPosixFilePermissions(path).toString()).doesNotContain("OTHERS");
      assertThatThrownBy(() -> Listener.unix(path, KEY))
          .isInstanceOf(IOException.class)
          .hasMessageContaining(path.toString());
      assertThatTheListenerGoesOn(listener);
    }
    assertThat(path).doesNotExist();
    Files.writeString(path, "precious");
    assertThatThrownBy(() -> Listener.unix(path, KEY)).isInstanceOf(IOException.class);
    assertThat(path).hasContent("precious");
    assertThatThrownBy(() -> Listener.unix(directory.resolve("x".repeat(120)), KEY))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("shorter");
  }

  @Test
  void closingAListenerWakesWhoeverAccepts() throws Exception {
    Listener listener = listener(Kind.UNIX);
    var failure = new CompletableFuture<Throwable>();
    Thread acceptor =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    listener.accept();
                  } catch (IOException | InterruptedException e) {
                    failure.complete(e);
                  }
                });
    await()
        .until(
            () ->
                acceptor.getState() == Thread.State.TIMED_WAITING
                    || acceptor.getState() == Thread.State.WAITING);
    SocketChannel silent = closed(SocketChannel.open(listener.address()));
    listener.close();
    assertThat(failure.get())
        .isInstanceOf(ConnectionEndedException.class)
        .hasMessageContaining("is closed");
    readAll(silent); // the one that was being greeted is hung up on
  }

  /// Another program: squares what it receives, and tells its address first.
  public static final class Squares {
    public static void main(String[] arguments) throws Exception {
      byte[] key = arguments[1].getBytes(StandardCharsets.UTF_8);
      try (Listener listener = Listener.unix(Path.of(arguments[0]), key)) {
        Connection<Object, Object> client = listener.accept();
        while (true) {
          int number = (Integer) client.receive();
          client.send(new Point(number, (long) number * number));
        }
      }
    }
  }

  @Test
  void twoProgramsStartedApartTalkAndTheDeathOfOneIsTheEndForTheOther() throws Exception {
    Path path = directory.resolve("squares");
    try (var program =
        JavaProgram.start(
            Squares.class, path.toString(), new String(KEY, StandardCharsets.UTF_8))) {
      await().until(() -> Files.exists(path));
      Connection<Object, Object> server =
          closed(
              await()
                  .ignoreExceptionsInstanceOf(IOException.class)
                  .until(
                      () -> Connection.connect(UnixDomainSocketAddress.of(path), KEY), c -> true));
      server.send(12);
      assertThat(server.receive()).isEqualTo(new Point(12, 144));
      program.kill();
      assertThatThrownBy(server::receive)
          .isInstanceOf(ConnectionEndedException.class)
          .hasMessageContaining("died");
    }
  }
}
