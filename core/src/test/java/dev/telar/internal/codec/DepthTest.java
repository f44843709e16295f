package dev.telar.internal.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.telar.TaskNotSerializableException;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Graphs that are deeper than a stack are errors of their value, and of nothing else.
class DepthTest {
  private static final long SMALL = 512 << 10;
  private static final long HUGE = 1L << 30;
  private static final int NODES = 100_000;

  private final Codec codec = new Codec();

  static final class Link implements Serializable {
    Link next;
  }

  private static Link chain() {
    var first = new Link();
    Link last = first;
    for (int i = 1; i < NODES; i++) {
      last.next = new Link();
      last = last.next;
    }
    return first;
  }

  private byte[] encode(Object value) {
    try {
      return codec.encode(value);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Object decode(byte[] bytes) {
    try {
      return codec.decode(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void aChainTooDeepToWriteIsRefusedAndLeavesTheOutputIntact() throws Exception {
    var out = new Output();
    codec.encoder.encode("before", out);
    int size = out.size();
    TaskNotSerializableException refusal =
        Codec.onStack(
            SMALL,
            () ->
                catchThrowableOfType(
                    TaskNotSerializableException.class, () -> codec.encoder.encode(chain(), out)));
    assertThat(refusal).hasMessageContaining("Link: the object graph is too deep");
    assertThat(refusal.path()).isEqualTo("Link");
    assertThat(out.size()).isEqualTo(size);
    codec.encoder.encode(List.of("after"), out);
    codec.describe(out.classes());
    Input in = Input.of(out.toByteArray());
    assertThat(codec.decoder.decode(in, codec.loader)).isEqualTo("before");
    assertThat(codec.decoder.decode(in, codec.loader)).isEqualTo(List.of("after"));
  }

  @Test
  void aChainTooDeepToReadIsAnErrorOfItsValueOnly() throws Exception {
    byte[] bytes = Codec.onStack(HUGE, () -> encode(chain()));
    byte[] both = Arrays.copyOf(bytes, bytes.length + 5);
    both[bytes.length] = Tags.INT;
    Input in = Input.of(both);
    DecodeException failure =
        Codec.onStack(
            SMALL,
            () ->
                catchThrowableOfType(
                    DecodeException.class, () -> codec.decoder.decode(in, codec.loader)));
    assertThat(failure).hasMessageContaining("too deep");
    assertThat(codec.decoder.decode(in, codec.loader)).isEqualTo(0);
    assertThat(Codec.onStack(HUGE, () -> (Link) decode(bytes)).next).isNotNull();
  }

  @Test
  void nestedListsAreRefusedInTheSameWay() throws Exception {
    List<Object> nested = new ArrayList<>();
    for (int i = 0; i < NODES; i++) {
      List<Object> outer = new ArrayList<>();
      outer.add(nested);
      nested = outer;
    }
    List<Object> deep = nested;
    var refusal =
        Codec.onStack(
            SMALL,
            () -> catchThrowableOfType(TaskNotSerializableException.class, () -> encode(deep)));
    assertThat(refusal).hasMessageContaining("too deep");
  }
}
