package dev.telar.internal.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.telar.ProcessPool;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A message may have two gibibytes, whole and correct; a longer one is refused. Needs a heap of 8
/// GiB here and in the worker, so it runs with the soak tests only.
@Tag("soak")
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class HugeMessageTest {

  private static final int LARGE = Integer.MAX_VALUE - 4096;

  @Test
  void nearlyTwoGibibytesArriveWholeAndComeBackWhole() throws Exception {
    try (ProcessPool pool = ProcessPool.builder().workers(1).maxHeap("9g").build()) {
      byte[] sent = patterned(LARGE);
      byte[] back = pool.map((byte[] bytes) -> flipped(bytes), List.of(sent)).getFirst();
      assertThat(back.length).isEqualTo(LARGE);
      for (int i = 0; i < LARGE; i++) {
        if (back[i] != (byte) ~sent[i]) {
          throw new AssertionError("byte " + i + " differs");
        }
      }
    }
  }

  @Test
  void moreThanTwoGibibytesAreRefusedAndThePoolGoesOn() throws Exception {
    try (ProcessPool pool = ProcessPool.builder().workers(1).maxHeap("9g").build()) {
      long[] tooMuch = new long[Integer.MAX_VALUE / 8 + 1];
      assertThatThrownBy(() -> pool.submit(() -> tooMuch.length))
          .isInstanceOf(RejectedExecutionException.class)
          .hasMessageContaining("2 GiB");
      assertThatThrownBy(() -> pool.submit(() -> new long[Integer.MAX_VALUE / 8 + 1]).get())
          .isInstanceOf(ExecutionException.class)
          .cause()
          .hasMessageContaining("2 GiB");
      assertThat(pool.submit(() -> 1).get()).isEqualTo(1);
    }
  }

  private static byte[] patterned(int length) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) (i * 31 ^ i >>> 13);
    }
    return bytes;
  }

  private static byte[] flipped(byte[] bytes) {
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) ~bytes[i];
    }
    return bytes;
  }
}
