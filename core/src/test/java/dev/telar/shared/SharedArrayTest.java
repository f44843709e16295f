package dev.telar.shared;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.telar.Pool;
import dev.telar.testing.Handles;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodType;
import java.lang.reflect.Array;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SharedArrayTest {
  private final Shared shared = Shared.open();

  @AfterEach
  void close() {
    shared.close();
  }

  /// An array of any primitive type, its elements as numbers, so that each test is written once.
  private record Elements(SharedArray array, Kind kind) {
    double get(long index) {
      return number(call("get", index));
    }

    void set(long index, double value) {
      call("set", index, kind.element(value));
    }

    double getVolatile(long index) {
      return number(call("getVolatile", index));
    }

    void setVolatile(long index, double value) {
      call("setVolatile", index, kind.element(value));
    }

    double getAndSet(long index, double value) {
      return number(call("getAndSet", index, kind.element(value)));
    }

    boolean compareAndSet(long index, double expected, double value) {
      return (Boolean) call("compareAndSet", index, kind.element(expected), kind.element(value));
    }

    void fill(long from, long to, double value) {
      call("fill", from, to, kind.element(value));
    }

    double[] toArray(long from, long to) {
      Object copy = call("toArray", from, to);
      return IntStream.range(0, Array.getLength(copy))
          .mapToDouble(i -> number(Array.get(copy, i)))
          .toArray();
    }

    void copyIn(long at, double[] values) {
      Object narrow = Array.newInstance(kind.primitive, values.length);
      for (int i = 0; i < values.length; i++) {
        Array.set(narrow, i, kind.element(values[i]));
      }
      call("copyFrom", at, narrow);
    }

    void copyWithin(long at, long first, long count) {
      call("copyFrom", at, array, first, count);
    }

    private static double number(Object element) {
      return element instanceof Character character ? character : ((Number) element).doubleValue();
    }

    private Object call(String name, Object... arguments) {
      Class<?>[] types =
          Arrays.stream(arguments)
              .map(
                  each ->
                      each == array
                          ? kind.type
                          : MethodType.methodType(each.getClass()).unwrap().returnType())
              .toArray(Class<?>[]::new);
      try {
        return kind.type.getMethod(name, types).invoke(array, arguments);
      } catch (InvocationTargetException e) {
        throw (RuntimeException) e.getCause(); // these methods declare no other
      } catch (ReflectiveOperationException e) {
        throw new AssertionError(e);
      }
    }
  }

  static Stream<Kind> kinds() {
    return Stream.of(
        new Kind(byte.class, 1, SharedByteArray.class, Shared::byteArray),
        new Kind(short.class, 2, SharedShortArray.class, Shared::shortArray),
        new Kind(char.class, 2, SharedCharArray.class, Shared::charArray),
        new Kind(int.class, 4, SharedIntArray.class, Shared::intArray),
        new Kind(long.class, 8, SharedLongArray.class, Shared::longArray),
        new Kind(float.class, 4, SharedFloatArray.class, Shared::floatArray),
        new Kind(double.class, 8, SharedDoubleArray.class, Shared::doubleArray));
  }

  private record Kind(
      Class<?> primitive,
      int width,
      Class<? extends SharedArray> type,
      BiFunction<Shared, Long, SharedArray> maker) {
    Elements make(Shared shared, long length) {
      return new Elements(maker.apply(shared, length), this);
    }

    Object element(double value) {
      return switch (primitive.getName()) {
        case "byte" -> (byte) value;
        case "short" -> (short) value;
        case "char" -> (char) value;
        case "int" -> (int) value;
        case "long" -> (long) value;
        case "float" -> (float) value;
        default -> value;
      };
    }

    @Override
    public String toString() {
      return primitive.getName();
    }
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void elementsAreReadAndWrittenInEachWay(Kind kind) {
    Elements a = kind.make(shared, 11);
    assertThat(a.array().length()).isEqualTo(11);
    assertThat(a.array().byteSize()).isEqualTo(11L * kind.width());
    assertThat(a.toArray(0, 11)).containsOnly(0);
    a.set(0, 5);
    a.setVolatile(10, 6);
    assertThat(a.get(10)).isEqualTo(6);
    assertThat(a.getVolatile(0)).isEqualTo(5);
    assertThat(a.getAndSet(0, 7)).isEqualTo(5);
    assertThat(a.compareAndSet(0, 5, 8)).isFalse();
    assertThat(a.compareAndSet(0, 7, 8)).isTrue();
    a.fill(2, 5, 9);
    assertThat(a.toArray(0, 11)).containsExactly(8, 0, 9, 9, 9, 0, 0, 0, 0, 0, 6);
    a.copyIn(5, new double[] {1, 2, 3});
    a.copyWithin(6, 5, 3);
    assertThat(a.toArray(4, 10)).containsExactly(9, 1, 1, 2, 3, 0);
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void neighboursOfAnElementThatChangesAtomicallyStayAsTheyAre(Kind kind) {
    Elements a = kind.make(shared, 9);
    for (int i = 0; i < 9; i++) {
      a.set(i, i + 1);
    }
    for (int i = 0; i < 9; i++) {
      assertThat(a.compareAndSet(i, i + 1, 100 - i)).isTrue();
    }
    for (int i = 0; i < 9; i++) {
      assertThat(a.get(i)).isEqualTo(100 - i);
    }
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void whatIsNotThereIsRefused(Kind kind) {
    Elements a = kind.make(shared, 3);
    for (long index : new long[] {-1, 3, Long.MAX_VALUE, Long.MIN_VALUE}) {
      for (ThrowingCallable use :
          List.<ThrowingCallable>of(
              () -> a.get(index),
              () -> a.set(index, 0),
              () -> a.getVolatile(index),
              () -> a.setVolatile(index, 0),
              () -> a.getAndSet(index, 0),
              () -> a.compareAndSet(index, 0, 0),
              () -> a.fill(index, index + 1, 0),
              () -> a.toArray(0, index < 0 ? index : index + 1),
              () -> a.copyIn(index, new double[1]),
              () -> a.copyWithin(0, index, 1),
              () -> a.copyWithin(index, 0, 1))) {
        assertThatThrownBy(use).isInstanceOf(IndexOutOfBoundsException.class);
      }
    }
    assertThat(kind.make(shared, 0).toArray(0, 0)).isEmpty();
    assertThatThrownBy(() -> kind.make(shared, -1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> kind.make(shared, Long.MAX_VALUE))
        .isInstanceOfAny(IllegalArgumentException.class, SharedMemoryException.class);
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void afterTheEndEveryUseSaysSo(Kind kind) {
    Elements a = kind.make(shared, 3);
    shared.close();
    for (ThrowingCallable use :
        List.<ThrowingCallable>of(
            () -> a.get(0),
            () -> a.set(0, 0),
            () -> a.getVolatile(0),
            () -> a.setVolatile(0, 0),
            () -> a.getAndSet(0, 0),
            () -> a.compareAndSet(0, 0, 0),
            () -> a.fill(0, 1, 0),
            () -> a.toArray(0, 1),
            () -> a.copyIn(0, new double[1]),
            () -> a.copyWithin(0, 1, 1),
            a.array()::asSegment)) {
      assertThatThrownBy(use)
          .isInstanceOf(SharedClosedException.class)
          .hasMessageContaining("SharedArrayTest.java");
    }
  }

  @Test
  void booleansAreBytesOfZeroAndOne() {
    SharedBooleanArray a = shared.booleanArray(6);
    a.set(1, true);
    assertThat(a.getAndSet(2, true)).isFalse();
    assertThat(a.compareAndSet(3, false, true)).isTrue();
    assertThat(a.compareAndSet(3, false, true)).isFalse();
    a.copyFrom(4, new boolean[] {true, false});
    assertThat(a.toArray()).containsExactly(false, true, true, true, true, false);
    assertThat(a.asSegment().toArray(ValueLayout.JAVA_BYTE)).containsExactly(0, 1, 1, 1, 1, 0);
    a.fill(true);
    assertThat(a.toArray()).containsOnly(true);
  }

  @Test
  void numbersAreAddedAtomically() {
    assertThat(shared.byteArray(3).addAndGet(1, (byte) 130)).isEqualTo((byte) 130);
    assertThat(shared.shortArray(3).addAndGet(1, (short) -2)).isEqualTo((short) -2);
    assertThat(shared.charArray(3).addAndGet(1, 'a')).isEqualTo('a');
    assertThat(shared.intArray(3).addAndGet(1, -2)).isEqualTo(-2);
    assertThat(shared.longArray(3).addAndGet(1, -2)).isEqualTo(-2);
    assertThat(shared.floatArray(3).addAndGet(1, 0.5f)).isEqualTo(0.5f);
    assertThat(shared.doubleArray(3).addAndGet(1, 0.5)).isEqualTo(0.5);
    SharedDoubleArray doubles = shared.doubleArray(1);
    assertThat(doubles.updateAndGet(0, x -> x + 3)).isEqualTo(3);
    assertThat(doubles.accumulateAndGet(0, 7, Math::max)).isEqualTo(7);
  }

  @Test
  void neighbouringBytesAreCountedByThreadsAndProcessesAtOnce() throws Exception {
    SharedByteArray bytes = shared.byteArray(4);
    SharedLongArray longs = shared.longArray(4);
    try (var processes = Pool.processes(2);
        var threads = Pool.threads(2)) {
      var counting =
          IntStream.range(0, 4)
              .mapToObj(
                  i ->
                      (i < 2 ? processes : threads)
                          .submit(
                              () -> {
                                for (int n = 0; n < 25_700; n++) {
                                  bytes.getAndAdd(i, (byte) 1);
                                  bytes.getAndAdd((i + 1) % 4, (byte) 1);
                                  longs.getAndAdd((i + n) % 4, 1);
                                }
                                return null;
                              }))
              .toList();
      for (var each : counting) {
        each.get(60, SECONDS);
      }
    }
    assertThat(bytes.toArray()).containsOnly((byte) (2 * 25_700));
    assertThat(Arrays.stream(longs.toArray()).sum()).isEqualTo(4 * 25_700);
  }

  @Test
  void fourWorkersFillOneArray() {
    SharedDoubleArray array = shared.doubleArray(4000);
    try (var pool = Pool.processes(4)) {
      pool.map(
          part -> {
            for (int i = part * 1000; i < (part + 1) * 1000; i++) {
              array.set(i, i);
            }
            return 0;
          },
          List.of(0, 1, 2, 3));
    }
    assertThat(array.toArray()).isEqualTo(IntStream.range(0, 4000).mapToDouble(i -> i).toArray());
  }

  @Test
  void aTaskGetsTheArrayItselfAndNotACopy() throws Exception {
    SharedDoubleArray array = shared.doubleArray(8 << 20);
    array.fill(1);
    try (var first = Pool.processes(1);
        var second = Pool.processes(1)) {
      SharedDoubleArray back =
          first
              .submit(
                  () -> {
                    array.set(array.length() - 1, 41);
                    return array;
                  })
              .get(30, SECONDS);
      assertThat(back).isSameAs(array);
      assertThat(second.submit(() -> back.addAndGet(back.length() - 1, 1)).get(30, SECONDS))
          .isEqualTo(42);
      assertThat(array.get(array.length() - 1)).isEqualTo(42);
    }
    assertThat(Handles.write(array).length()).as("a handle").isLessThan(4000);
  }

  @Test
  void viewsWriteThrough() {
    SharedIntArray array = shared.intArray(10);
    MemorySegment segment = array.asSegment();
    segment.setAtIndex(ValueLayout.JAVA_INT, 3, 7);
    assertThat(segment.byteSize()).isEqualTo(40);
    assertThat(segment.address() % 64).isZero();
    array.asBuffer(4, 6).put(0, 8).put(1, 9);
    assertThat(array.toArray(2, 7)).containsExactly(0, 7, 8, 9, 0);
    assertThat(array.asBuffer(2, 7).capacity()).isEqualTo(5);
    assertThatThrownBy(() -> array.asBuffer(4, 11)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThat(shared.byteArray(5).asBuffer(0, 5).isDirect()).isTrue();
    assertThat(shared.charArray(5).asBuffer(1, 5).length()).isEqualTo(4);
  }

  @Test
  void aViewOutlivesItsArrayWithoutHarm() {
    SharedLongArray array = shared.longArray(1 << 16);
    MemorySegment segment = array.asSegment();
    shared.close();
    segment.fill((byte) 1);
    assertThat(segment.get(ValueLayout.JAVA_LONG, 8)).isEqualTo(0x0101010101010101L);
  }

  @Test
  void thereIsNoRoomForMoreThanThereIs() {
    for (long length : new long[] {1L << 46, Long.MAX_VALUE - 100}) {
      assertThatThrownBy(() -> shared.byteArray(length))
          .isInstanceOf(SharedMemoryException.class)
          .hasMessageContaining("free");
    }
  }

  /// Needs as much shared memory as it makes.
  @Test
  @Tag("soak")
  @Timeout(300)
  void anArrayOfEightGibibytesWorks() throws Exception {
    long length = (8L << 30) / 8;
    assumeThat(Files.getFileStore(Path.of("/dev/shm")).getUsableSpace()).isGreaterThan(10L << 30);
    SharedDoubleArray array = shared.doubleArray(length);
    try (var pool = Pool.processes(2)) {
      pool.submit(() -> array.set(array.length() - 1, 3)).get(60, SECONDS);
      assertThat(
              pool.submit(() -> array.addAndGet(array.length() - 1, array.length()))
                  .get(60, SECONDS))
          .isEqualTo(3.0 + length);
    }
    assertThat(array.byteSize()).isEqualTo(8L << 30);
    assertThat(array.asBuffer(length - 1000, length).get(999)).isEqualTo(3.0 + length);
    assertThatThrownBy(() -> array.asBuffer(0, length))
        .isInstanceOf(IndexOutOfBoundsException.class)
        .hasMessageContaining("asSegment");
  }
}
