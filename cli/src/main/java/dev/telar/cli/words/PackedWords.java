package dev.telar.cli.words;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InvalidObjectException;
import java.io.ObjectStreamException;
import java.io.Serial;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/// A [WordTable] on its way: for each word its count, its length in bytes (both as LEB128 numbers)
/// and its UTF-8 bytes.
///
/// @param distinct how many words follow
/// @param data the words
@SuppressWarnings("ArrayRecordComponent") // a wire format, never compared
record PackedWords(int distinct, byte[] data) implements Serializable {

  static PackedWords of(WordTable table) {
    var bytes = new ByteArrayOutputStream(table.distinct() * 12 + 16);
    try (var out = new DataOutputStream(bytes)) {
      table.forEach(
          (word, count) -> {
            try {
              byte[] utf8 = word.getBytes(StandardCharsets.UTF_8);
              writeNumber(out, count);
              writeNumber(out, utf8.length);
              out.write(utf8);
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          });
    } catch (IOException e) {
      throw new UncheckedIOException("a byte array cannot fail", e);
    }
    return new PackedWords(table.distinct(), bytes.toByteArray());
  }

  @Serial
  private Object readResolve() throws ObjectStreamException {
    var table = new WordTable(distinct);
    try (var in = new DataInputStream(new ByteArrayInputStream(data))) {
      for (int i = 0; i < distinct; i++) {
        long count = readNumber(in);
        int length = Math.toIntExact(readNumber(in));
        var utf8 = new byte[length];
        in.readFully(utf8);
        table.add(new String(utf8, StandardCharsets.UTF_8), count);
      }
    } catch (IOException e) {
      throw new InvalidObjectException("the words were cut off", e);
    }
    return table;
  }

  private static void writeNumber(DataOutputStream out, long number) throws IOException {
    long rest = number;
    while (rest > 0x7f) {
      out.writeByte((int) (rest & 0x7f) | 0x80);
      rest >>>= 7;
    }
    out.writeByte((int) rest);
  }

  private static long readNumber(DataInputStream in) throws IOException {
    long number = 0;
    for (int shift = 0; ; shift += 7) {
      int next = in.readUnsignedByte();
      number |= (long) (next & 0x7f) << shift;
      if (next < 0x80) {
        return number;
      }
    }
  }
}
