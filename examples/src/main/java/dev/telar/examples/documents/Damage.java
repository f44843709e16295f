package dev.telar.examples.documents;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/// What happens to documents on their way, and what some are made for.
final class Damage {

  private static final int BYTES_PER_FLIPPED_BIT = 200;
  private static final int BLOCK = 1 << 20;
  private static final int BOMB_BLOCKS = 128;
  private static final int LARGE_BLOCKS = 48;
  private static final int LAUGHS = 9;

  private Damage() {}

  /// A copy of each, truncated or with some bits flipped. The same in every run.
  static List<Path> copies(List<Path> sound, Path folder) throws IOException {
    List<Path> copies = new ArrayList<>();
    for (int i = 0; i < sound.size(); i++) {
      Path original = sound.get(i);
      byte[] bytes = Files.readAllBytes(original);
      boolean truncate = i % 2 == 0;
      byte[] broken = truncate ? Arrays.copyOf(bytes, bytes.length / 2) : flipped(bytes, i);
      String name = (truncate ? "truncated-" : "flipped-") + i + "-" + original.getFileName();
      copies.add(Files.write(folder.resolve(name), broken));
    }
    return copies;
  }

  private static byte[] flipped(byte[] bytes, long seed) {
    var random = new Random(seed);
    for (int i = 0; i <= bytes.length / BYTES_PER_FLIPPED_BIT; i++) {
      bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
    }
    return bytes;
  }

  /// Small files that are large inside, and a plain large one.
  static List<Path> bombs(Path folder) throws IOException {
    Path gzip = folder.resolve("bomb.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(gzip))) {
      writeWords(out, BOMB_BLOCKS);
    }
    Path zip = folder.resolve("bomb.zip");
    try (var out = new ZipOutputStream(Files.newOutputStream(zip))) {
      out.putNextEntry(new ZipEntry("inner.gz"));
      Files.copy(gzip, out);
      out.putNextEntry(new ZipEntry("words.txt"));
      writeWords(out, BOMB_BLOCKS);
    }
    Path large = folder.resolve("large.txt");
    try (OutputStream out = Files.newOutputStream(large)) {
      writeWords(out, LARGE_BLOCKS);
    }
    return List.of(gzip, zip, large, Files.writeString(folder.resolve("laughs.xml"), laughs()));
  }

  private static void writeWords(OutputStream out, int blocks) throws IOException {
    byte[] block =
        "the quick brown fox jumps over the lazy dog\n"
            .repeat(BLOCK / 44)
            .getBytes(StandardCharsets.US_ASCII);
    for (int i = 0; i < blocks; i++) {
      out.write(block);
    }
  }

  /// Entities of entities, a thousand million of the innermost.
  private static String laughs() {
    var text = new StringBuilder("<?xml version=\"1.0\"?>\n<!DOCTYPE laughs [\n");
    text.append("<!ENTITY laugh0 \"ha\">\n");
    for (int i = 1; i <= LAUGHS; i++) {
      String inner = ("&laugh" + (i - 1) + ";").repeat(10);
      text.append("<!ENTITY laugh").append(i).append(" \"").append(inner).append("\">\n");
    }
    return text.append("]>\n<laughs>&laugh").append(LAUGHS).append(";</laughs>\n").toString();
  }
}
