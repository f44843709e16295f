package dev.telar.internal.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import java.io.InvalidClassException;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Bytes that are not what they should be.
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class CorruptionTest {
  private final Codec codec = new Codec();

  interface Job<T> extends Callable<T>, Serializable {}

  record Version(int number) implements Serializable {}

  static Stream<Arguments> values() {
    int captured = 5;
    Job<Integer> job = () -> captured;
    Object[] values = {
      1,
      2L,
      "text",
      "語",
      new int[] {1, 2},
      new boolean[] {true},
      new String[] {"a", null},
      new ArrayList<>(Arrays.asList(1, "a", null)),
      List.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16),
      List.of(1, 2),
      new HashMap<>(Map.of("a", 1)),
      new ArrayDeque<>(List.of(1)),
      new Version(1),
      Optional.of(Path.of("x")),
      new Object[] {new long[] {1}, "x", int.class},
      job
    };
    return Stream.of(values).map(value -> Arguments.of((Object) value));
  }

  @ParameterizedTest(name = "{index}")
  @MethodSource("values")
  void everyTruncationIsCorrupt(Object value) throws Exception {
    byte[] bytes = codec.encode(value);
    for (int length = 0; length < bytes.length; length++) {
      byte[] cut = Arrays.copyOf(bytes, length);
      assertThatThrownBy(() -> codec.decode(cut)).isInstanceOf(CorruptMessageException.class);
    }
  }

  @ParameterizedTest(name = "{index}")
  @MethodSource("values")
  void everyTruncationOfABodyIsAnErrorOfItsValueOnly(Object value) throws Exception {
    byte[] bytes = codec.encode(value);
    if (bytes[0] != Tags.OBJECT) {
      return;
    }
    for (int length = 0; length < bytes.length - 5; length++) {
      var out = new Output();
      out.writeByte(Tags.OBJECT);
      out.writeInt(length);
      out.write(bytes, 5, length);
      codec.encoder.encode("next", out);
      Input in = Input.of(out.toByteArray());
      assertThatThrownBy(() -> codec.decoder.decode(in, codec.loader))
          .isInstanceOf(DecodeException.class);
      assertThat(codec.decoder.decode(in, codec.loader)).isEqualTo("next");
    }
  }

  @ParameterizedTest(name = "{index}")
  @MethodSource("values")
  void anyChangedByteGivesAValueOrADocumentedException(Object value) throws Exception {
    byte[] bytes = codec.encode(value);
    for (int at = 0; at < bytes.length; at++) {
      for (int mask : new int[] {1, 2, 4, 8, 16, 32, 64, 128, 255}) {
        byte[] changed = bytes.clone();
        changed[at] ^= (byte) mask;
        try {
          codec.decode(changed);
        } catch (DecodeException | CorruptMessageException e) {
          assertThat(e.getMessage()).isNotBlank();
        } catch (Throwable e) {
          fail("byte " + at + " changed by " + mask, e);
        }
      }
    }
  }

  private byte[] withInt(byte[] bytes, int from, int to) {
    for (int at = 5; at <= bytes.length - 4; at++) {
      if (ByteBuffer.wrap(bytes).getInt(at) == from) {
        return ByteBuffer.wrap(bytes.clone()).putInt(at, to).array();
      }
    }
    throw new AssertionError("no " + from);
  }

  @Test
  void aForgedArrayLengthIsRefusedBeforeMemoryIsAllocated() throws Exception {
    byte[] bytes = codec.encode(new Object[] {new long[12345]});
    assertThatThrownBy(() -> codec.decode(withInt(bytes, 12345, Integer.MAX_VALUE - 8)))
        .isInstanceOf(DecodeException.class)
        .hasRootCauseInstanceOf(InvalidClassException.class)
        .hasMessageContaining("REJECTED");
  }

  @Test
  void aForgedCapacityIsRefusedBeforeMemoryIsAllocated() throws Exception {
    var map = new HashMap<Integer, Integer>();
    var list = new ArrayList<Integer>();
    for (int i = 0; i < 12345; i++) {
      map.put(-i, -i);
      list.add(-i);
    }
    var objects = new ArrayList<Object>(list);
    objects.set(0, Map.of());
    for (Object each : new Object[] {map, objects, new ArrayDeque<>(list)}) {
      byte[] bytes = codec.encode(each);
      assertThatThrownBy(() -> codec.decode(withInt(bytes, 12345, 1 << 29)))
          .isInstanceOf(DecodeException.class)
          .hasMessageContaining("REJECTED");
    }
  }

  @Test
  void aPlainLengthBeyondTheMessageIsCorrupt() {
    for (int tag = Tags.STRING; tag <= Tags.LAST_PLAIN; tag++) {
      var out = new Output();
      out.writeByte(tag);
      if (tag == Tags.VALUES) {
        out.writeByte(Tags.INT);
      }
      out.writeSize(Integer.MAX_VALUE);
      out.writeInt(0);
      assertThatThrownBy(() -> codec.decode(out.toByteArray()))
          .isInstanceOf(CorruptMessageException.class)
          .hasMessageContaining("too soon");
    }
  }

  @Test
  void aNegativeLengthIsCorrupt() {
    var out = new Output();
    out.writeByte(Tags.OBJECT);
    out.writeInt(-1);
    assertThatThrownBy(() -> codec.decode(out.toByteArray()))
        .isInstanceOf(CorruptMessageException.class);
  }

  @Test
  void aClassThatWasNeverDescribedIsAnErrorOfItsValue() throws Exception {
    byte[] bytes = codec.encode(new Version(1));
    var fresh = new Decoder(new ClassTable());
    assertThatThrownBy(() -> fresh.decode(Input.of(bytes), codec.loader))
        .isInstanceOf(DecodeException.class)
        .hasMessageContaining("never described");
  }

  @Test
  void aClassThatTheLoaderDoesNotKnowIsAnErrorOfItsValue() throws Exception {
    byte[] bytes = codec.encode(new Version(1));
    ClassLoader platform = ClassLoader.getPlatformClassLoader();
    assertThatThrownBy(() -> codec.decoder.decode(Input.of(bytes), platform))
        .isInstanceOf(DecodeException.class)
        .hasMessage("class not found: " + Version.class.getName());
  }

  @Test
  void anotherVersionOfAClassIsRefusedInWords() throws Exception {
    byte[] bytes = codec.encode(new Version(1));
    int id = codec.dictionary.idOf(Version.class);
    ClassShape shape = ClassShape.of(Version.class);
    for (ClassShape other :
        List.of(
            new ClassShape(
                shape.name(), shape.kind(), shape.serialVersionUid() + 1, shape.fields()),
            new ClassShape(shape.name(), shape.kind(), shape.serialVersionUid(), 0))) {
      var out = new Output();
      out.writeSize(id);
      out.writeBoolean(false); // not a lambda
      other.write(out);
      var table = new ClassTable();
      table.define(Input.of(out.toByteArray()));
      assertThatThrownBy(() -> new Decoder(table).decode(Input.of(bytes), codec.loader))
          .isInstanceOf(DecodeException.class)
          .hasMessageContaining("different versions of " + Version.class.getName())
          .hasRootCauseInstanceOf(InvalidClassException.class);
    }
  }
}
