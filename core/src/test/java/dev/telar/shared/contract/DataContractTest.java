package dev.telar.shared.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.telar.Task;
import dev.telar.shared.SharedBoolean;
import dev.telar.shared.SharedDouble;
import dev.telar.shared.SharedDoubleArray;
import dev.telar.shared.SharedInt;
import dev.telar.shared.SharedLongArray;
import dev.telar.shared.SharedReference;
import java.util.Arrays;

/// Values but `SharedLong`, references and arrays.
class DataContractTest extends SharedContract {
  private static final int TIMES = 2_000;

  @OnAllSides
  void noUpdateOfAValueIsLost(Sides sides) throws Exception {
    Sides.Opened on = open(sides);
    SharedInt number = shared.intValue(1);
    SharedDouble sum = shared.doubleValue(0.5);
    SharedBoolean flag = shared.booleanValue(false);
    Task<Integer> update =
        () -> {
          int won = 0;
          for (int i = 0; i < TIMES; i++) {
            number.getAndAdd(1);
            sum.getAndAdd(1.0);
            won += flag.compareAndSet(false, true) ? 1 : 0;
          }
          return won;
        };

    var one = on.one(update);
    var other = on.other(update);

    assertThat(get(one) + get(other)).as("who has set the flag").isEqualTo(1);
    assertThat(number.get()).isEqualTo(2 * TIMES + 1);
    assertThat(sum.get()).isEqualTo(2 * TIMES + 0.5);
    assertThat(flag.get()).isTrue();
  }

  /// A value of which one can see whether it is whole.
  record Twins(int number, String text) {
    static Twins of(int number) {
      return new Twins(number, "x".repeat(number % 100) + number);
    }

    boolean isWhole() {
      return equals(of(number));
    }
  }

  @OnAllSides
  void noReplacementOfAReferenceIsLostAndNoneIsTorn(Sides sides) throws Exception {
    Sides.Opened on = open(sides);
    SharedReference<Twins> reference = shared.reference(Twins.of(0));
    Task<Boolean> replace =
        () -> {
          boolean whole = true;
          for (int i = 0; i < 500; i++) {
            SharedReference.Versioned<Twins> before;
            do {
              before = reference.getVersioned();
              whole &= before.value().isWhole();
            } while (!reference.compareAndSet(
                before.version(), Twins.of(before.value().number() + 1)));
          }
          return whole;
        };

    var one = on.one(replace);
    var other = on.other(replace);

    assertThat(get(one)).isTrue();
    assertThat(get(other)).isTrue();
    assertThat(reference.get()).isEqualTo(Twins.of(1_000));
    assertThat(reference.version()).isEqualTo(1_001);
  }

  @OnAllSides
  void bothSidesFillOneArrayAndCountInAnother(Sides sides) throws Exception {
    Sides.Opened on = open(sides);
    SharedDoubleArray array = shared.doubleArray(10_000);
    SharedLongArray counts = shared.longArray(3);

    var one = on.one(() -> fill(array, counts, 0));
    var other = on.other(() -> fill(array, counts, 1));
    get(one);
    get(other);

    double[] expected = new double[10_000];
    Arrays.setAll(expected, i -> i / 2.0);
    assertThat(array.toArray()).isEqualTo(expected);
    assertThat(counts.toArray()).containsExactly(0, 10_000, 0);
  }

  private static int fill(SharedDoubleArray array, SharedLongArray counts, int parity) {
    for (long i = parity; i < array.length(); i += 2) {
      array.set(i, i / 2.0);
      counts.getAndAdd(1, 1);
    }
    return parity;
  }
}
