package dev.telar.examples;

import dev.telar.Pool;
import java.math.BigInteger;
import java.util.List;
import java.util.stream.IntStream;

/// Factorials with thousands of digits on four processes. What comes back is the number of digits;
/// the large number itself stays where it was computed.
final class FactorialsOfLargeNumbers {

  static void main() {
    List<Integer> numbers = List.of(1_000, 2_000, 5_000, 10_000, 20_000);
    try (Pool pool = Pool.processes(4)) {
      List<Integer> digits = pool.map(n -> factorial(n).toString().length(), numbers);
      for (int i = 0; i < numbers.size(); i++) {
        IO.println(numbers.get(i) + "! has " + digits.get(i) + " digits");
      }
    }
  }

  private static BigInteger factorial(int n) {
    return IntStream.rangeClosed(1, n)
        .mapToObj(BigInteger::valueOf)
        .reduce(BigInteger.ONE, BigInteger::multiply);
  }
}
