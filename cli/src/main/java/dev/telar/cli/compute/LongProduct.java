package dev.telar.cli.compute;

import java.io.Serializable;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// A factorial, told in few letters: a million digits are no answer for a person, nor worth a trip.
///
/// @param index its place among all
/// @param n the number
/// @param digits how many decimal digits the factorial has
/// @param shown all of them, or the first and the last
/// @param sha256 the digest of all of them
record LongProduct(int index, int n, int digits, String shown, String sha256)
    implements Serializable {

  private static final int SHOWN_WHOLE = 20;
  private static final int SHOWN_PART = 8;

  static LongProduct factorial(int index, int n) {
    // By heart, as the course does it: the work is meant to take its time.
    BigInteger product = BigInteger.ONE;
    for (int factor = 2; factor <= n; factor++) {
      product = product.multiply(BigInteger.valueOf(factor));
    }
    String all = product.toString();
    int length = all.length();
    String shown =
        length <= SHOWN_WHOLE
            ? all
            : all.substring(0, SHOWN_PART) + "..." + all.substring(length - SHOWN_PART);
    return new LongProduct(index, n, length, shown, digest(all));
  }

  static String digest(String text) {
    try {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
