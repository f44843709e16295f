package dev.telar.internal.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.telar.TaskNotSerializableException;
import java.io.IOException;
import java.io.ObjectInputFilter;
import java.io.Serializable;
import java.math.BigInteger;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Each value is read by a codec that has never seen another message.
class ElementCodecTest {

  record Point(int x, long y) {}

  record Line(Point from, @Nullable Point to, String name) implements Serializable {}

  record Everything(
      boolean a,
      byte b,
      short c,
      char d,
      int e,
      long f,
      float g,
      double h,
      @Nullable Integer i,
      @Nullable String j,
      @Nullable DayOfWeek k,
      @Nullable Object l,
      @Nullable Comparable<?> m) {}

  record Pair<A, B>(A first, B second) {}

  record Nothing() {}

  record Chain(int value, @Nullable Chain next) {}

  record Bag(String name, List<Integer> content) {}

  record Positive(int value) {
    Positive {
      if (value <= 0) {
        throw new IllegalArgumentException("not positive: " + value);
      }
    }
  }

  record Swapped(int a, int b) implements Serializable {
    private Object readResolve() {
      return new Swapped(b, a);
    }
  }

  record Live(int id, Object socket) {}

  record Thrower(int x) implements Serializable {
    @Override
    public int x() {
      throw new IllegalStateException("no");
    }
  }

  private static byte[] encode(@Nullable Object value) {
    var out = new Output();
    new ElementCodec().encode(value, out);
    return out.toByteArray();
  }

  private static @Nullable Object decode(byte[] bytes) throws IOException {
    var in = Input.of(bytes);
    Object value = new ElementCodec().decode(in, ElementCodecTest.class.getClassLoader());
    assertThat(in.remaining()).isZero();
    return value;
  }

  static List<Object> values() {
    var random = new Random(1);
    return List.of(
        1,
        "text",
        List.of(1, 2, 3),
        new int[] {1, 2},
        new Point(1, -2),
        new Line(new Point(1, 2), null, "ñandú 🦤"),
        new Line(new Point(1, 2), new Point(3, 4), ""),
        new Everything(
            true,
            (byte) -1,
            (short) -2,
            '\uffff',
            -4,
            -5,
            -0.0f,
            1.5,
            7,
            "ü",
            DayOfWeek.FRIDAY,
            8L,
            'x'),
        new Everything(false, (byte) 0, (short) 0, 'a', 0, 0, 0, 0, null, null, null, null, null),
        new Pair<>("one", 2),
        new Pair<>(new Point(1, 2), List.of("not simple")),
        new Nothing(),
        new Chain(1, new Chain(2, null)),
        new Bag("bag", List.of(1, 2)),
        new Positive(3),
        Path.of("/somewhere"),
        Instant.EPOCH,
        new BigInteger(200, random),
        new UUID(1, 2),
        Map.of("key", new ArrayList<>(List.of(new Point(1, 2)))),
        DayOfWeek.MONDAY,
        new BitSet());
  }

  @ParameterizedTest
  @MethodSource("values")
  void aValueIsUnderstoodWithoutAnyOther(Object value) throws IOException {
    assertThat(decode(encode(value))).usingRecursiveComparison().isEqualTo(value);
  }

  @Test
  void nullTravels() throws IOException {
    assertThat(decode(encode(null))).isNull();
  }

  @Test
  void aRecordOfSimpleComponentsIsItsDescriptionAndItsComponents() {
    byte[] bytes = encode(new Point(1, 2));
    assertThat(bytes[0]).isEqualTo((byte) Tags.RECORD);
    assertThat(bytes).hasSizeLessThan(Point.class.getName().length() + 4 + 12 + 6);
  }

  @Test
  void aRecordWhoseSharingOrHooksWouldBeLostIsSerialized() throws IOException {
    Point shared = new Point(1, 2);
    var twice = new Pair<>(List.of(shared), List.of(shared));
    var back = (Pair<?, ?>) decode(encode(twice));
    assertThat(((List<?>) back.first()).getFirst()).isSameAs(((List<?>) back.second()).getFirst());
    assertThat(decode(encode(new Swapped(1, 2)))).isEqualTo(new Swapped(2, 1));
    assertThat(encode(new Chain(1, null))[0]).isEqualTo((byte) Tags.OBJECT);
  }

  @Test
  void aTreeThatSharesItsBranchesStaysSmall() {
    record Tree(@Nullable Object left, @Nullable Object right) {}
    Tree tree = new Tree(1, 2);
    for (int i = 0; i < 40; i++) {
      tree = new Tree(tree, tree);
    }
    assertThat(encode(tree)).hasSizeLessThan(10_000);
  }

  @Test
  void whatCannotTravelIsNamedWithItsPathAndNothingIsWritten() {
    var out = new Output();
    out.writeInt(7);
    assertThatThrownBy(() -> new ElementCodec().encode(new Live(1, new Socket()), out))
        .isInstanceOf(TaskNotSerializableException.class)
        .hasMessageContaining("java.net.Socket is not Serializable");
    assertThat(out.size()).isEqualTo(4);
  }

  @Test
  void anAccessorThatThrowsDoesNotBreakTheMessage() throws IOException {
    var out = new Output();
    new ElementCodec().encode(new Thrower(1), out);
    assertThat(decode(out.toByteArray())).isInstanceOf(Thrower.class);
  }

  @Test
  void aConstructorThatRefusesIsAnErrorOfThatValueAlone() {
    byte[] bytes = encode(new Positive(1));
    bytes[bytes.length - 1] = 0;
    assertThatThrownBy(() -> decode(bytes))
        .isInstanceOf(DecodeException.class)
        .hasMessageContaining("not positive: 0");
  }

  @Test
  void aRecordOfAnotherVersionIsRefusedInWords() {
    byte[] bytes = encode(new Point(1, 2));
    bytes[bytes.length - 13] ^= 1; // the last byte of the digest
    assertThatThrownBy(() -> decode(bytes))
        .isInstanceOf(DecodeException.class)
        .hasMessageContaining("different versions of record " + Point.class.getName());
  }

  @Test
  void aRecordThatIsNotHereIsAnErrorOfItsValue() {
    byte[] bytes = encode(new Point(1, 2));
    String text = new String(bytes, StandardCharsets.ISO_8859_1).replace("Point", "Poind");
    assertThatThrownBy(() -> decode(text.getBytes(StandardCharsets.ISO_8859_1)))
        .isInstanceOf(DecodeException.class)
        .hasMessageContaining("class not found");
  }

  /// Whether the enum below was initialized.
  static final class Initialized {
    static boolean done;
  }

  enum Costly {
    ONE;

    static {
      Initialized.done = true;
    }
  }

  record WithCostly(Costly costly) {}

  @Test
  void nothingOfARefusedRecordIsInitialized() {
    String name = WithCostly.class.getName();
    var codec = new ElementCodec(ObjectInputFilter.Config.createFilter("!" + name));
    var description = new Output();
    description.writeUtf(name);
    description.writeInt(0);
    var message = new Output();
    message.writeByte(Tags.RECORD);
    message.writeSize(description.size());
    message.write(description.toByteArray());
    assertThatThrownBy(
            () -> codec.decode(Input.of(message.toByteArray()), getClass().getClassLoader()))
        .isInstanceOf(DecodeException.class)
        .hasMessageContaining("REJECTED");
    assertThat(Initialized.done).isFalse();
  }

  @Test
  void aFilterIsAskedAboutRecordsTooAndAboutTheirParts() throws IOException {
    for (Class<?> refused : List.of(Line.class, Point.class)) {
      var codec = new ElementCodec(ObjectInputFilter.Config.createFilter("!" + refused.getName()));
      byte[] bytes = encode(new Line(new Point(1, 2), null, ""));
      assertThatThrownBy(() -> codec.decode(Input.of(bytes), getClass().getClassLoader()))
          .isInstanceOf(DecodeException.class)
          .hasMessageContaining("REJECTED");
      byte[] serialized = encode(List.of(new Line(new Point(1, 2), null, "")));
      assertThatThrownBy(() -> codec.decode(Input.of(serialized), getClass().getClassLoader()))
          .isInstanceOf(DecodeException.class)
          .hasMessageContaining("REJECTED");
    }
  }

  @Test
  void oneCodecReadsRecordsOfManyClassesMixed() throws IOException {
    var codec = new ElementCodec();
    for (int i = 1; i < 1000; i++) {
      for (Object each : List.of(new Point(i, i), new Positive(i), new Nothing(), "x")) {
        assertThat(codec.decode(Input.of(encode(each)), getClass().getClassLoader()))
            .isEqualTo(each);
      }
    }
  }

  @Test
  void noPrefixAndNoFlippedBitEverGivesAnythingButAnErrorOrAValue() {
    var random = new Random(7);
    byte[] whole = encode(new Line(new Point(1, 2), new Point(3, 4), "name"));
    for (int length = 0; length < whole.length; length++) {
      byte[] cut = java.util.Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> decode(cut)).isInstanceOf(IOException.class);
    }
    for (int i = 0; i < 5_000; i++) {
      byte[] bent = whole.clone();
      bent[random.nextInt(bent.length)] ^= (byte) (1 << random.nextInt(8));
      try {
        new ElementCodec().decode(Input.of(bent), getClass().getClassLoader());
      } catch (IOException e) {
        // as it should be
      }
    }
  }

  @Test
  void aGraphThatIsTooDeepIsAnErrorOnBothSides() {
    List<Object> nested = new ArrayList<>();
    for (int i = 0; i < 200_000; i++) {
      nested = new ArrayList<>(Collections.singletonList(nested));
    }
    Object deep = nested;
    assertThatThrownBy(() -> encode(deep)).isInstanceOf(TaskNotSerializableException.class);
  }
}
