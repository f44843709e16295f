package dev.telar.internal.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.telar.TaskNotSerializableException;
import java.io.IOException;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.AbstractMap;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// What the JDK does not serialize, and we do.
class ReplacementTest {
  private final Codec codec = new Codec();

  record Point(int x, int y) {}

  record Line(Point from, Point to, List<Point> between, Optional<Path> file) {}

  record Checked(int value) {
    Checked {
      if (value == 13) {
        throw new IllegalArgumentException("13 is refused");
      }
    }
  }

  record Empty() {}

  record Holder(Object content) implements Serializable {}

  static final class Fields implements Serializable {
    Optional<String> optional = Optional.of("x");
    Point point = new Point(1, 2);
    Set<String> keys = new HashMap<>(Map.of("k", 1)).keySet();
    Collection<Integer> values = new HashMap<>(Map.of("k", 1)).values();
    List<Integer> part = new ArrayList<>(List.of(1, 2, 3)).subList(1, 3);
    Path path = Path.of("a", "b");
    Charset charset = StandardCharsets.UTF_16;
    Map.Entry<String, Integer> entry = Map.entry("a", 1);
    Point[] points = {new Point(3, 4)};
  }

  static final class OwnEntry implements Map.Entry<String, String> {
    @Override
    public String getKey() {
      return "k";
    }

    @Override
    public String getValue() {
      return "v";
    }

    @Override
    public String setValue(String value) {
      return value;
    }
  }

  static final class OwnList extends java.util.AbstractList<String> {
    @Override
    public String get(int index) {
      return "x";
    }

    @Override
    public int size() {
      return 1;
    }
  }

  static Stream<Arguments> replaced() {
    var list = new ArrayList<>(List.of(1, 2, 3, 4));
    var map = new LinkedHashMap<>(Map.of("a", 1));
    map.put("b", null);
    var tree = new TreeMap<String, Integer>(Comparator.reverseOrder());
    tree.putAll(Map.of("a", 1, "b", 2));
    Object[] values = {
      Optional.empty(),
      Optional.of(List.of(Optional.of(1))),
      OptionalInt.empty(),
      OptionalInt.of(3),
      OptionalLong.of(3),
      OptionalLong.empty(),
      OptionalDouble.of(3),
      OptionalDouble.empty(),
      Path.of(""),
      Path.of("/tmp", "ñ", "x y"),
      Path.of("relative/x"),
      StandardCharsets.UTF_8,
      Charset.forName("windows-1252"),
      Map.entry("a", List.of(1)),
      new HashMap<>(Map.of("a", 1)).entrySet().iterator().next(),
      map.entrySet().iterator().next(),
      tree.firstEntry(),
      tree.entrySet().iterator().next(),
      new ConcurrentHashMap<>(Map.of("a", 1)).entrySet().iterator().next(),
      new AbstractMap.SimpleEntry<>("a", 1),
      list.subList(1, 3),
      list.subList(1, 3).subList(0, 1),
      List.of(1, 2, 3).subList(0, 2),
      Stream.of(1, null, 2).toList().subList(0, 2),
      Arrays.asList(1, 2, 3).subList(1, 2),
      new LinkedList<>(list).subList(1, 2),
      list.reversed(),
      List.of(1, 2).reversed(),
      map.keySet(),
      map.entrySet(),
      map.reversed(),
      map.sequencedKeySet(),
      new LinkedHashSet<>(list).reversed(),
      new TreeSet<>(list).reversed(),
      new TreeSet<>(list).headSet(3),
      tree.keySet(),
      tree.navigableKeySet(),
      tree.descendingKeySet(),
      tree.descendingMap(),
      tree.headMap("a", true),
      tree.reversed(),
      tree.entrySet(),
      new ConcurrentSkipListMap<>(Map.of("a", 1)).keySet(),
      Map.of("a", 1).keySet(),
      Map.of("a", 1).entrySet(),
      new ConcurrentHashMap<>(Map.of("a", 1)).keySet(),
      new ConcurrentHashMap<>(Map.of("a", 1)).entrySet(),
      Collections.unmodifiableList(list.subList(0, 2)),
      Collections.unmodifiableSet(map.keySet()),
      System.getenv(),
      new Point(1, 2),
      new Empty(),
      new Checked(1),
      new Line(new Point(1, 2), null, List.of(new Point(3, 4)), Optional.of(Path.of("x"))),
      new Point[] {new Point(1, 2), null},
      List.of(new Point(1, 2)),
      Map.of(new Point(1, 2), Optional.of(new Point(3, 4)))
    };
    return Stream.of(values).map(value -> Arguments.of((Object) value));
  }

  @ParameterizedTest(name = "{index}")
  @MethodSource("replaced")
  void comesBackEqualAloneAndNested(Object value) throws IOException {
    assertThat(codec.<Object>roundTrip(value)).isEqualTo(value);
    assertThat(codec.roundTrip(new Holder(value)).content()).isEqualTo(value);
    assertThat(codec.roundTrip(new ArrayList<>(List.of(value)))).containsExactly(value);
  }

  @Test
  void fieldsOfEveryReplacedTypeAreSet() throws IOException {
    assertThat(codec.roundTrip(new Fields()))
        .usingRecursiveComparison()
        .withStrictTypeChecking()
        .ignoringFields("keys", "values", "part")
        .isEqualTo(new Fields());
    Fields back = codec.roundTrip(new Fields());
    assertThat(back.keys).containsExactly("k");
    assertThat(back.values).containsExactly(1);
    assertThat(back.part).containsExactly(2, 3);
  }

  @Test
  void valuesAndReversedDequesKeepTheirOrder() throws IOException {
    var map = new LinkedHashMap<String, Integer>();
    map.put("b", 2);
    map.put("a", 1);
    assertThat(codec.roundTrip(map.values())).containsExactly(2, 1);
    assertThat(codec.roundTrip(map.reversed().values())).containsExactly(1, 2);
    assertThat(codec.roundTrip(new TreeMap<>(map).values())).containsExactly(1, 2);
    assertThat(codec.roundTrip(new ArrayDeque<>(List.of(1, 2)).reversed())).containsExactly(2, 1);
    assertThat(codec.roundTrip(new LinkedList<>(List.of(1, 2)).reversed())).containsExactly(2, 1);
  }

  @Test
  void aSortedViewKeepsItsOrder() throws IOException {
    var tree = new TreeMap<String, Integer>(Comparator.reverseOrder());
    tree.putAll(Map.of("a", 1, "b", 2));
    assertThat(codec.roundTrip((SortedSet<String>) tree.keySet())).containsExactly("b", "a");
    assertThat(codec.roundTrip(new TreeSet<>(Set.of(1, 2)).reversed())).containsExactly(2, 1);
  }

  @Test
  void aViewIsCopiedWithoutWhatItIsAViewOf() throws IOException {
    var large = new ArrayList<>(Collections.nCopies(100_000, 1));
    assertThat(codec.encode(large.subList(0, 2))).hasSizeLessThan(200);
  }

  @Test
  void theSameObjectIsReplacedOnce() throws IOException {
    var point = new Point(1, 2);
    var back = codec.roundTrip(new Object[] {point, point});
    assertThat(back[0]).isSameAs(back[1]);
  }

  @Test
  void whatRemainsOfAByteBufferTravels() throws IOException {
    ByteBuffer heap = ByteBuffer.wrap(new byte[] {1, 2, 3, 4}, 1, 2);
    ByteBuffer back = codec.roundTrip(heap);
    assertThat(back).isEqualTo(heap);
    assertThat(back.position()).isZero();
    assertThat(back.capacity()).isEqualTo(2);
    assertThat(heap.position()).isEqualTo(1);

    ByteBuffer direct =
        ByteBuffer.allocateDirect(8)
            .putLong(0, 7)
            .asReadOnlyBuffer()
            .order(ByteOrder.LITTLE_ENDIAN);
    ByteBuffer directBack = codec.roundTrip(direct);
    assertThat(directBack).isEqualTo(direct);
    assertThat(directBack.isDirect()).isTrue();
    assertThat(directBack.isReadOnly()).isTrue();
    assertThat(directBack.order()).isEqualTo(ByteOrder.LITTLE_ENDIAN);
  }

  @Test
  void theConstructorOfARecordChecksAgain() throws IOException {
    byte[] bytes = codec.encode(new Checked(12));
    bytes[Arrays.mismatch(bytes, codec.encode(new Checked(11)))]++; // the only byte with the 12
    assertThatThrownBy(() -> codec.decode(bytes))
        .isInstanceOf(DecodeException.class)
        .hasRootCauseMessage("13 is refused");
  }

  @Test
  void collectionsAndEntriesOfUsersStayErrors() {
    for (Object each : new Object[] {new OwnEntry(), new OwnList(), new WeakHashMap<>()}) {
      assertThatThrownBy(() -> codec.encode(each))
          .isInstanceOf(TaskNotSerializableException.class)
          .hasMessageContaining(each.getClass().getTypeName() + " is not Serializable");
    }
  }

  @Test
  void aRecordInAClosedPackageIsRefusedWithTheModuleAndThePackage() throws Exception {
    // java.base is not opened to us: a record hidden in it stands for that of a user's module.
    Class<?> closed = Class.forName("java.util.stream.Collectors$CollectorImpl");
    Object value = java.util.stream.Collectors.toList();
    assertThat(closed).isRecord().isAssignableFrom(value.getClass());
    assertThatThrownBy(() -> codec.encode(new Holder(value)))
        .isInstanceOf(TaskNotSerializableException.class)
        .hasMessageStartingWith(
            "Holder → Holder.content: java.util.stream.Collectors$CollectorImpl")
        .hasMessageContaining("opens java.util.stream to ")
        .hasMessageContaining("module-info of java.base");
  }
}
