package dev.telar.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.telar.internal.codec.ClassDictionary;
import dev.telar.internal.codec.Encoder;
import dev.telar.internal.codec.Input;
import dev.telar.internal.codec.Output;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What is put into the buffer at once and what is not arrive in order, by either way of writing.
@Timeout(60)
class OutboxTest {
  private static final int FRAMES = 3000;

  @TempDir Path folder;

  private interface Writer {
    void write(FrameType type, List<Output> parts, boolean last) throws Exception;
  }

  @Test
  void framesOfAllSizesLeaveAnOutboxInOrder() throws Exception {
    try (var pair = new Pair(folder.resolve("s"));
        var outbox = new Outbox(pair.client, new ClassDictionary(), "drain", () -> {})) {
      var random = new Random(1);
      exchange(
          pair,
          (type, parts, last) -> {
            outbox.add(type, parts);
            if (last || random.nextInt(4) == 0) {
              outbox.flush();
            }
          });
    }
  }

  @Test
  void framesOfAllSizesLeaveAWriterInOrder() throws Exception {
    try (var pair = new Pair(folder.resolve("s"))) {
      var writer = new FrameWriter(pair.client, new ClassDictionary());
      exchange(pair, (type, parts, last) -> writer.write(type, parts));
    }
  }

  @Test
  void classesAreDescribedAheadOfTheFrameThatNamesThem() throws Exception {
    try (var pair = new Pair(folder.resolve("s"))) {
      var dictionary = new ClassDictionary();
      var outbox = new Outbox(pair.client, dictionary, "drain", () -> {});
      try (outbox) {
        for (int i = 0; i < 2; i++) {
          var value = new Output();
          new Encoder(dictionary).encode(new int[][] {{i}}, value);
          outbox.add(FrameType.TASK, List.of(value));
        }
        outbox.flush();
        var reader = new FrameReader(pair.server);
        var types = new ArrayList<FrameType>();
        while (types.stream().filter(each -> each == FrameType.TASK).count() < 2) {
          types.add(reader.read().type());
        }
        assertThat(types.indexOf(FrameType.TASK)).isPositive();
        assertThat(types.lastIndexOf(FrameType.CLASSES)).isLessThan(types.indexOf(FrameType.TASK));
      }
    }
  }

  private static void exchange(Pair pair, Writer writer) throws Exception {
    CompletableFuture<Void> read = CompletableFuture.runAsync(() -> readAll(pair.server));
    var random = new Random(2);
    for (int i = 0; i < FRAMES; i++) {
      var parts = new ArrayList<Output>();
      var number = new Output(16);
      number.writeInt(i);
      parts.add(number);
      int size = size(random);
      var content = new Output(64);
      content.writeInt(size);
      for (int j = 0; j < size; j++) {
        content.writeByte(i + j);
      }
      parts.add(content);
      writer.write(FrameType.TASK, parts, i == FRAMES - 1);
    }
    read.get(50, TimeUnit.SECONDS);
  }

  /// Mostly small; some as large as the buffer, a byte more or less; a few larger.
  private static int size(Random random) {
    return switch (random.nextInt(40)) {
      case 0 -> Frames.BUFFER - 16 - 1 + random.nextInt(3);
      case 1 -> random.nextInt(300_000);
      case 2 -> random.nextInt(20_000);
      default -> random.nextInt(200);
    };
  }

  private static void readAll(SocketChannel from) {
    try {
      var reader = new FrameReader(from);
      for (int i = 0; i < FRAMES; i++) {
        Frame frame = reader.read();
        Input body = frame.body();
        assertThat(frame.type()).isEqualTo(FrameType.TASK);
        assertThat(body.readInt()).isEqualTo(i);
        int size = body.readInt();
        assertThat(body.remaining()).isEqualTo(size);
        for (int j = 0; j < size; j++) {
          if (body.readByte() != ((i + j) & 0xff)) {
            throw new AssertionError("byte " + j + " of frame " + i);
          }
        }
      }
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static final class Pair implements AutoCloseable {
    private final SocketChannel client;
    private final SocketChannel server;

    Pair(Path address) throws Exception {
      try (var listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
        listener.bind(UnixDomainSocketAddress.of(address));
        client = SocketChannel.open(UnixDomainSocketAddress.of(address));
        server = listener.accept();
      }
    }

    @Override
    public void close() throws Exception {
      client.close();
      server.close();
    }
  }
}
