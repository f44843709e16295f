package dev.telar.internal.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.Externalizable;
import java.io.IOException;
import java.io.InvalidObjectException;
import java.io.ObjectInput;
import java.io.ObjectInputStream;
import java.io.ObjectOutput;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.Comparator;
import java.util.Currency;
import java.util.Date;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Hashtable;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Properties;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.Vector;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// What goes in comes out, of the same class.
class RoundTripTest {
  private final Codec codec = new Codec();

  enum Operation {
    PLUS {
      @Override
      int apply(int a, int b) {
        return a + b;
      }
    },
    MINUS {
      @Override
      int apply(int a, int b) {
        return a - b;
      }
    };

    abstract int apply(int a, int b);
  }

  record Point(int x, int y) implements Serializable {}

  record Pair<A, B>(A first, B second) implements Serializable {}

  static class Parent {
    int parentState = 1; // not serialized: set by the constructor on the other side
  }

  static final class Child extends Parent implements Serializable {
    final int value;
    final transient String cache = "cache";
    final Point[] points = {new Point(1, 2), null};

    Child(int value) {
      this.value = value;
    }
  }

  static class Node implements Serializable {
    final String name;
    Node peer;
    Object extra;

    Node(String name) {
      this.name = name;
    }
  }

  static final class Custom implements Serializable {
    transient int hidden;
    String shown = "shown";

    private void writeObject(ObjectOutputStream out) throws IOException {
      out.defaultWriteObject();
      out.writeInt(hidden);
      out.writeUTF("tail");
      out.writeObject(List.of(hidden));
    }

    private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
      in.defaultReadObject();
      hidden = in.readInt();
      if (!in.readUTF().equals("tail") || !in.readObject().equals(List.of(hidden))) {
        throw new InvalidObjectException("not what was written");
      }
    }
  }

  static final class Singleton implements Serializable {
    static final Singleton INSTANCE = new Singleton();

    private Object readResolve() {
      return INSTANCE;
    }
  }

  static final class Proxied implements Serializable {
    final transient String text;

    Proxied(String text) {
      this.text = text;
    }

    private Object writeReplace() {
      return new Form(text);
    }

    private record Form(String text) implements Serializable {
      private Object readResolve() {
        return new Proxied(text);
      }
    }
  }

  public static final class External implements Externalizable {
    int value;

    public External() {}

    @Override
    public void writeExternal(ObjectOutput out) throws IOException {
      out.writeInt(value);
      out.writeObject("after");
    }

    @Override
    public void readExternal(ObjectInput in) throws IOException, ClassNotFoundException {
      value = in.readInt();
      assertThat(in.readObject()).isEqualTo("after");
    }
  }

  interface Secret {
    String tell();
  }

  record Answer(String text) implements InvocationHandler, Serializable {
    @Override
    public Object invoke(Object proxy, java.lang.reflect.Method method, Object[] arguments) {
      return text;
    }
  }

  static Stream<Arguments> plainValues() {
    return arguments(
        0,
        Integer.MIN_VALUE,
        Integer.MAX_VALUE,
        Long.MIN_VALUE,
        -1L,
        (byte) -128,
        (byte) 127,
        (short) -32768,
        'ÿ',
        '\uD800',
        true,
        false,
        -0.0f,
        Float.NaN,
        Double.MIN_VALUE,
        Double.NEGATIVE_INFINITY,
        "",
        "plain",
        "ñandú ÿ",
        "日本語 and text",
        "😀",
        "\uD800 alone, \uDC00 and alone",
        "\0",
        "a".repeat(10_000),
        "ñ".repeat(8192) + "語",
        "語".repeat(10_001),
        new boolean[] {true, false},
        new byte[] {1, -1},
        new short[] {Short.MIN_VALUE, 7},
        new char[] {'a', '\uFFFF'},
        new int[] {Integer.MIN_VALUE, -1, 1},
        new long[] {Long.MIN_VALUE, 1},
        new float[] {1.5f, Float.NaN},
        new double[] {Double.MIN_VALUE, -0.0},
        new int[0],
        IntStream.range(0, 1_000_003).toArray(),
        new String[] {"a", null, "語"},
        new Integer[] {1, null},
        new ArrayList<>(Arrays.asList(1, 2L, "x", null, 1.5, true)),
        new ArrayList<>(),
        IntStream.range(0, 1000).boxed().toList(),
        List.copyOf(IntStream.range(0, 1000).boxed().collect(Collectors.toList())),
        new Long[] {1L, null},
        new Double[] {1.0},
        new String[0]);
  }

  private static Stream<Arguments> arguments(Object... values) {
    return Stream.of(values).map(value -> Arguments.of((Object) value));
  }

  static Stream<Arguments> objects() throws Exception {
    var enumMap = new EnumMap<Operation, String>(Map.of(Operation.PLUS, "p"));
    var bits = new BitSet();
    bits.set(1000);
    var properties = new Properties();
    properties.setProperty("a", "b");
    var tree = new TreeMap<String, Integer>(Comparator.reverseOrder());
    tree.putAll(Map.of("a", 1, "b", 2));
    return arguments(
        new BigDecimal("123456789012345678901234567890.123"),
        BigInteger.TWO.pow(5000),
        UUID.randomUUID(),
        Locale.of("es", "AR"),
        URI.create("https://example.org/a?b#c"),
        URI.create("https://example.org").toURL(),
        InetAddress.getByAddress(new byte[] {127, 0, 0, 1}),
        Instant.now(),
        LocalDate.of(2026, 11, 20),
        ZonedDateTime.now(),
        Duration.ofNanos(1),
        new Date(0),
        Currency.getInstance("EUR"),
        TimeUnit.SECONDS,
        Operation.PLUS,
        Operation.MINUS,
        new Point(1, 2),
        new Pair<>(new Point(1, 2), List.of("x")),
        new ArrayList<>(List.of(1, Set.of("a"))),
        new LinkedList<>(List.of(1, 2)),
        new Vector<>(List.of(1, 2)),
        new CopyOnWriteArrayList<>(List.of(1, 2)),
        List.of(),
        List.of(1),
        List.of(1, 2, 3),
        Arrays.asList(1, null, 3),
        Stream.of(1, null).toList(),
        Collections.emptyList(),
        Collections.singletonList(1),
        Collections.nCopies(70_000, "x"),
        Collections.unmodifiableMap(new HashMap<>(Map.of(1, 2))),
        Collections.synchronizedSet(new HashSet<>(Set.of(1))),
        new HashMap<>(Map.of("a", 1, "b", 2)),
        new LinkedHashMap<>(Map.of("a", 1)),
        tree,
        new TreeSet<>(Set.of(1, 2)),
        new Hashtable<>(Map.of(1, 2)),
        new ConcurrentHashMap<>(Map.of(1, 2)),
        Map.of(1, 2),
        Map.of(1, 2, 3, 4),
        Set.of(1, 2, 3),
        new HashSet<>(Set.of(1, 2)),
        new LinkedHashSet<>(List.of(3, 1)),
        EnumSet.allOf(Operation.class),
        EnumSet.noneOf(Operation.class),
        enumMap,
        bits,
        properties,
        Map.of("nested", List.of(Map.of(new Point(1, 1), Set.of("deep")))),
        new Object[] {1, "a", new int[] {1}, new Object[] {null}},
        new Point[] {new Point(3, 4), null},
        new List<?>[] {List.of(1), null},
        new int[][] {{1}, null, {}},
        new Number[] {1, 2.0},
        String.class,
        int.class,
        void.class,
        int[].class,
        String[][].class,
        Operation.class,
        RoundTripTest.class,
        Override.class);
  }

  @ParameterizedTest(name = "{index}")
  @MethodSource("plainValues")
  void aPlainValueComesBackWithoutADictionary(Object value) throws IOException {
    var out = new Output();
    codec.encoder.encode(value, out);
    assertThat(out.classes().isEmpty()).isTrue();
    assertThat(Decoder.isPlain(Input.of(out.toByteArray()))).isTrue();
    Object back = codec.decode(out.toByteArray());
    assertThat(back).isExactlyInstanceOf(value.getClass()).isEqualTo(value);
  }

  @ParameterizedTest(name = "{index}")
  @MethodSource("objects")
  void anObjectComesBackEqualAndOfItsClass(Object value) throws IOException {
    byte[] bytes = codec.encode(value);
    assertThat(Decoder.isPlain(Input.of(bytes))).isFalse();
    Object back = codec.decode(bytes);
    assertThat(back).isExactlyInstanceOf(value.getClass()).isEqualTo(value);
  }

  @Test
  void nullIsAValue() throws IOException {
    assertThat(codec.<Object>roundTrip(null)).isNull();
    assertThat(Decoder.isPlain(Input.of(codec.encode(null)))).isTrue();
  }

  @Test
  void theBitsOfANaNSurvive() throws IOException {
    double odd = Double.longBitsToDouble(0x7ff8_0000_0000_1234L);
    assertThat(Double.doubleToRawLongBits(codec.roundTrip(odd)))
        .isEqualTo(Double.doubleToRawLongBits(odd));
  }

  @Test
  void queuesKeepTheirOrder() throws IOException {
    var deque = new ArrayDeque<>(List.of(3, 1, 2));
    assertThat(codec.roundTrip(deque)).containsExactly(3, 1, 2);
    var queue = new PriorityQueue<Integer>(Comparator.reverseOrder());
    queue.addAll(List.of(1, 3, 2));
    assertThat(codec.roundTrip(queue).poll()).isEqualTo(3);
    assertThat(codec.roundTrip(new LinkedBlockingDeque<>(List.of(1, 2)))).containsExactly(1, 2);
  }

  @Test
  void largeCollectionsPassTheFilter() throws IOException {
    var numbers = IntStream.range(0, 200_000).boxed().toList();
    var map = new HashMap<Integer, Integer>(16, 0.25f);
    var identities = new IdentityHashMap<String, Integer>();
    for (int each : numbers) {
      map.put(each, each);
      identities.put(Integer.toString(each), each);
    }
    assertThat(codec.roundTrip(map)).isEqualTo(map);
    assertThat(codec.roundTrip(identities)).hasSize(identities.size());
    assertThat(codec.roundTrip(new HashSet<>(numbers))).hasSize(200_000);
    assertThat(codec.roundTrip(new ArrayDeque<>(numbers))).hasSize(200_000);
    assertThat(codec.roundTrip(new PriorityQueue<>(numbers))).hasSize(200_000);
    assertThat(codec.roundTrip(new Hashtable<>(map))).hasSize(200_000);
    assertThat(codec.roundTrip(new ArrayList<>(Collections.nCopies(200_000, null))))
        .hasSize(200_000);
    assertThat(codec.roundTrip(new Object[] {new long[200_000]})).hasSize(1);
  }

  @Test
  void compiledPatternsAndRandomsWork() throws IOException {
    assertThat(codec.roundTrip(Pattern.compile("a+", Pattern.CASE_INSENSITIVE)).matcher("AA"))
        .matches(matcher -> matcher.matches());
    var random = new Random(1);
    assertThat(codec.roundTrip(random).nextInt()).isEqualTo(random.nextInt());
    assertThat(codec.roundTrip(new AtomicInteger(3)).get()).isEqualTo(3);
  }

  @Test
  void sharedReferencesStaySharedAndCyclesClose() throws IOException {
    var a = new Node("a");
    var b = new Node("b");
    a.peer = b;
    b.peer = a;
    var shared = new ArrayList<Object>(List.of(1));
    a.extra = shared;
    b.extra = shared;
    Node back = codec.roundTrip(a);
    assertThat(back.peer.name).isEqualTo("b");
    assertThat(back.peer.peer).isSameAs(back);
    assertThat(back.extra).isSameAs(back.peer.extra).isEqualTo(shared);

    var list = new ArrayList<Object>();
    list.add(list);
    ArrayList<Object> listBack = codec.roundTrip(list);
    assertThat(listBack.getFirst()).isSameAs(listBack);
  }

  @Test
  void inheritedTransientAndGenericStateFollowTheRulesOfTheJdk() throws IOException {
    var child = new Child(5);
    child.parentState = 9;
    Child back = codec.roundTrip(child);
    assertThat(back.value).isEqualTo(5);
    assertThat(back.parentState).isEqualTo(1);
    assertThat(back.points).containsExactly(new Point(1, 2), null);
  }

  @Test
  void theHooksOfSerializationRun() throws IOException {
    var custom = new Custom();
    custom.hidden = 300;
    assertThat(codec.roundTrip(custom).hidden).isEqualTo(300);
    assertThat(codec.roundTrip(Singleton.INSTANCE)).isSameAs(Singleton.INSTANCE);
    assertThat(codec.roundTrip(new Proxied("x")).text).isEqualTo("x");
    var external = new External();
    external.value = 4;
    assertThat(codec.roundTrip(external).value).isEqualTo(4);
  }

  @Test
  void dynamicProxiesOfNonPublicInterfacesTravel() throws IOException {
    Object proxy =
        Proxy.newProxyInstance(
            codec.loader, new Class<?>[] {Secret.class, Serializable.class}, new Answer("42"));
    assertThat(((Secret) codec.roundTrip(proxy)).tell()).isEqualTo("42");
    assertThat(codec.<Object>roundTrip(proxy.getClass())).isEqualTo(proxy.getClass());
  }

  @Test
  void plainListsKeepWhatTheyAllow() throws IOException {
    List<Integer> numbers = IntStream.range(0, 100).boxed().toList();
    assertThat(codec.roundTrip(numbers).contains(null)).isFalse();
    List<Integer> noNulls = List.copyOf(new ArrayList<>(numbers));
    assertThatThrownBy(() -> codec.roundTrip(noNulls).contains(null))
        .isInstanceOf(NullPointerException.class);
    ArrayList<Integer> growing = codec.roundTrip(new ArrayList<>(numbers));
    growing.add(1);
    assertThat(growing).hasSize(101);
  }

  @Test
  void aListThatIsPlainOnlyAtFirstIsSerialized() throws IOException {
    var list = new ArrayList<Object>(List.of(1, 2, 3));
    list.add(new Point(1, 2));
    assertThat(codec.roundTrip(list)).isEqualTo(list);
    var often = new ArrayList<>(Collections.nCopies(1000, "x".repeat(1000)));
    assertThat(codec.encode(often)).hasSizeLessThan(10_000);
    assertThat(codec.roundTrip(often)).isEqualTo(often);
  }

  @Test
  void valuesAreSelfDelimiting() throws IOException {
    Object[] values = {1, "two", List.of(3), null, new int[] {4}, new Point(5, 6), 7L};
    var out = new Output();
    for (Object each : values) {
      codec.encoder.encode(each, out);
    }
    codec.describe(out.classes());
    Input in = Input.of(out.buffers().toArray(java.nio.ByteBuffer[]::new));
    for (Object each : values) {
      assertThat(codec.decoder.decode(in, codec.loader)).isEqualTo(each);
    }
    assertThat(in.remaining()).isZero();
  }

  @Test
  void anySplitOfTheBytesIntoSegmentsReadsTheSame() throws IOException {
    Object value =
        new Object[] {
          1, "語 text", new int[] {1, 2, 3}, new double[] {1.5}, Map.of("a", new Point(1, 2))
        };
    for (Object each : new Object[] {value, new long[] {1, 2, 3}, "語語", "abc", 12345678901L, 7}) {
      byte[] bytes = codec.encode(each);
      for (int size = 1; size < 9; size++) {
        var segments = new ArrayList<byte[]>();
        for (int at = 0; at < bytes.length; at += size) {
          segments.add(Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + size)));
          segments.add(new byte[0]);
        }
        Input in = Input.of(segments.toArray(byte[][]::new));
        Object back = codec.decoder.decode(in, codec.loader);
        assertThat(Arrays.deepEquals(new Object[] {back}, new Object[] {each})).isTrue();
        assertThat(in.remaining()).isZero();
      }
    }
  }
}
