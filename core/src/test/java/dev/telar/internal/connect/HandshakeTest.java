package dev.telar.internal.connect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.telar.internal.codec.ElementCodec;
import dev.telar.internal.codec.Output;
import dev.telar.shared.Connection;
import dev.telar.shared.Listener;
import java.io.IOException;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class HandshakeTest {
  private static final byte[] KEY = "a key of a test".getBytes(StandardCharsets.UTF_8);

  /// Sets a flag when it is deserialized.
  static final class Bomb implements Serializable {
    static final AtomicBoolean READ = new AtomicBoolean();

    private Object readResolve() {
      READ.set(true);
      return this;
    }
  }

  @Test
  void nothingIsDeserializedBeforeTheKeyIsProved() throws Exception {
    var bomb = new Output();
    new ElementCodec().encode(new Bomb(), bomb);
    try (Listener listener = Listener.tcp(0, KEY)) {
      try (var peer = SocketChannel.open(listener.address())) {
        ByteBuffer hello = ByteBuffer.allocate(49);
        while (hello.hasRemaining()) {
          peer.read(hello);
        }
        // its own greeting sent back to it, a proof of nothing, and the bomb
        peer.write(hello.flip());
        peer.write(ByteBuffer.allocate(36).putInt(0, 32));
        peer.write(ByteBuffer.allocate(4).putInt(0, bomb.size()));
        peer.write(ByteBuffer.wrap(bomb.toByteArray()));
        assertThat(refused(peer)).isTrue();
      }
      assertThat(Bomb.READ).isFalse();
      try (Connection<Object, Object> there = Connection.connect(listener.address(), KEY);
          Connection<Object, Object> here = listener.accept()) {
        there.send(new Bomb());
        here.receive();
        assertThat(Bomb.READ).as("after the proof it is").isTrue();
      }
    }
  }

  private static boolean refused(SocketChannel peer) {
    ByteBuffer rest = ByteBuffer.allocate(10_000);
    try {
      while (peer.read(rest) >= 0) {}
    } catch (IOException reset) {
      // as good as an end
    }
    String text = new String(rest.array(), StandardCharsets.ISO_8859_1);
    return text.contains("do not have the same key");
  }
}
