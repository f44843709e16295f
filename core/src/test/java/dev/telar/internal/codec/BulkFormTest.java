package dev.telar.internal.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.telar.TaskNotSerializableException;
import java.io.IOException;
import java.io.Serializable;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Large values beside the message, with memory of this JVM as both sides.
class BulkFormTest {
  private static final int LARGE = 600_000;

  private final List<TestLoan> lent = new ArrayList<>();
  private final AtomicInteger reads = new AtomicInteger();

  private final class TestLoan implements BulkLoan {
    final MemorySegment memory;
    final int segment = lent.size();
    boolean released;

    TestLoan(long bytes) {
      memory = Arena.ofAuto().allocate(bytes, 64);
    }

    @Override
    public MemorySegment memory() {
      return memory;
    }

    @Override
    public int segment() {
      return segment;
    }

    @Override
    public long number() {
      return 7;
    }

    @Override
    public void release() {
      released = true;
    }

    @Override
    public void handOver() {}
  }

  private BulkLoan lend(long bytes) {
    var loan = new TestLoan(bytes);
    lent.add(loan);
    return loan;
  }

  private final BulkSource source =
      new BulkSource() {
        @Override
        public <T> T read(int segment, long loan, long bytes, Reader<T> reader) throws IOException {
          reads.incrementAndGet();
          return reader.read(lent.get(segment).memory().asSlice(0, bytes));
        }
      };

  private final Codec codec = new Codec();
  private final Encoder encoder = new Encoder(codec.dictionary, this::lend);
  private final Decoder decoder = new Decoder(codec.table, source);

  @SuppressWarnings("unchecked")
  private <T> T roundTrip(T value) throws IOException {
    var out = new Output();
    int before = lent.size();
    encoder.encode(value, out);
    assertThat(out.loans()).hasSize(lent.size() - before);
    codec.describe(out.classes());
    var in = Input.of(out.toByteArray());
    T copy = (T) decoder.decode(in, codec.loader);
    assertThat(in.remaining()).isZero();
    return copy;
  }

  static List<Object> arrays() {
    var booleans = new boolean[LARGE];
    booleans[LARGE - 1] = true;
    var bytes = new byte[LARGE];
    bytes[LARGE - 1] = 3;
    var shorts = new short[LARGE];
    shorts[LARGE - 1] = -3;
    var chars = new char[LARGE];
    chars[LARGE - 1] = 'ñ';
    var ints = new int[LARGE];
    ints[LARGE - 1] = -3;
    var longs = new long[LARGE];
    longs[LARGE - 1] = Long.MIN_VALUE;
    var floats = new float[LARGE];
    floats[LARGE - 1] = Float.NaN;
    var doubles = new double[LARGE];
    doubles[LARGE - 1] = -0.0;
    return List.of(booleans, bytes, shorts, chars, ints, longs, floats, doubles);
  }

  @ParameterizedTest
  @MethodSource("arrays")
  void aLargeArrayGoesBesideTheMessage(Object array) throws IOException {
    assertThat(roundTrip(array)).isEqualTo(array);
    assertThat(reads).hasValue(1);
  }

  @ParameterizedTest
  @MethodSource("arrays")
  void aLargeArrayInsideAnObjectGoesBesideTheMessage(Object array) throws IOException {
    var holder = new Object[] {"a", array, array, 3L};
    Object[] copy = roundTrip(holder);
    assertThat(copy).isEqualTo(holder);
    assertThat(copy[1]).as("one array stays one").isSameAs(copy[2]);
    assertThat(reads).hasValue(1);
  }

  @Test
  void rowsOfAMatrixGoBesideTheMessage() throws IOException {
    var matrix = new double[3][LARGE / 8];
    matrix[2][5] = 1;
    assertThat(roundTrip(matrix)).isDeepEqualTo(matrix);
    assertThat(reads).hasValue(3);
  }

  @Test
  void aSmallArrayIsInTheMessage() throws IOException {
    assertThat(roundTrip(new double[] {1, 2})).containsExactly(1, 2);
    assertThat(lent).isEmpty();
  }

  @Test
  void withoutMemoryALargeArrayIsInTheMessage() throws IOException {
    var array = new double[LARGE];
    array[LARGE - 1] = 4;
    assertThat(codec.roundTrip(array)).isEqualTo(array);
    assertThat((Object[]) codec.roundTrip(new Object[] {array})).isEqualTo(new Object[] {array});
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 10, LARGE})
  void aBufferArrivesAsACopyOfWhatRemains(int size) throws IOException {
    for (ByteBuffer buffer :
        List.of(ByteBuffer.allocate(size + 5), ByteBuffer.allocateDirect(size + 5))) {
      for (int i = 0; i < size; i++) {
        buffer.put(i + 5, (byte) i);
      }
      buffer.position(5).order(ByteOrder.LITTLE_ENDIAN);
      ByteBuffer copy = roundTrip(buffer);
      assertThat(copy).isEqualTo(buffer);
      assertThat(copy.position()).isZero();
      assertThat(copy.isDirect()).isEqualTo(buffer.isDirect());
      assertThat(copy.order()).isEqualTo(ByteOrder.LITTLE_ENDIAN);
      assertThat(roundTrip(buffer.asReadOnlyBuffer()).isReadOnly()).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 12, LARGE})
  void aSegmentArrivesAsACopyInMemoryOfTheSameKind(long size) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment heap = MemorySegment.ofArray(new double[(int) size / 8 + 3]).asSlice(8, size);
      MemorySegment outside = size == 0 ? MemorySegment.NULL : arena.allocate(size, 8);
      for (MemorySegment segment : List.of(heap, heap.asReadOnly(), outside)) {
        if (!segment.isReadOnly()) {
          segment.fill((byte) 0x5a);
        }
        MemorySegment copy = roundTrip(segment);
        assertThat(copy.mismatch(segment)).isEqualTo(-1);
        assertThat(copy.isNative()).isEqualTo(segment.isNative());
        assertThat(copy.isReadOnly()).isEqualTo(segment.isReadOnly());
        if (size >= 8) {
          assertThat(copy.get(ValueLayout.JAVA_DOUBLE, 0))
              .isEqualTo(segment.get(ValueLayout.JAVA_DOUBLE, 0));
        }
        if (!segment.isNative() && !segment.isReadOnly()) {
          assertThat(copy.heapBase().orElseThrow()).isInstanceOf(double[].class);
        }
      }
    }
  }

  @Test
  void aCopyOfASegmentOutlivesItsArena() throws IOException {
    MemorySegment copy;
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment segment = arena.allocate(LARGE);
      segment.set(ValueLayout.JAVA_BYTE, 9, (byte) 9);
      copy = roundTrip(segment);
    }
    assertThat(copy.get(ValueLayout.JAVA_BYTE, 9)).isEqualTo((byte) 9);
    copy.set(ValueLayout.JAVA_BYTE, 0, (byte) 1);
  }

  @Test
  void aPointerIsRefusedWithAdvice() {
    assertThatThrownBy(() -> roundTrip(MemorySegment.ofAddress(4096)))
        .isInstanceOf(TaskNotSerializableException.class)
        .hasMessageContaining("pointer")
        .hasMessageContaining("reinterpret");
  }

  record Broken(double[] data, Object thread) implements Serializable {}

  @Test
  void whatCannotBeWrittenGivesItsMemoryBackAndNoOther() throws IOException {
    var out = new Output();
    encoder.encode(new double[LARGE], out);
    assertThatThrownBy(
            () -> encoder.encode(new Broken(new double[LARGE], Thread.currentThread()), out))
        .isInstanceOf(TaskNotSerializableException.class)
        .hasMessageContaining("thread");
    assertThat(lent).extracting(loan -> loan.released).containsExactly(false, true);
    assertThat(out.loans()).hasSize(1);
  }

  @Test
  void memoryThatIsGoneIsAnErrorOfThatValueAlone() throws IOException {
    var out = new Output();
    encoder.encode(new double[LARGE], out);
    encoder.encode("next", out);
    var in = Input.of(out.toByteArray());
    assertThatThrownBy(() -> codec.decoder.decode(in, codec.loader))
        .isInstanceOf(DecodeException.class)
        .hasMessageContaining("no memory is shared");
    assertThat(codec.decoder.decode(in, codec.loader)).isEqualTo("next");
  }
}
