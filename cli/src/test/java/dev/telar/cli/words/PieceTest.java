package dev.telar.cli.words;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PieceTest {

  @TempDir Path folder;

  @Test
  void theRangesOfAFileCountEachWordOnceWhereverTheyCutIt() throws IOException {
    Path file = folder.resolve("text.txt");
    Files.writeString(file, "uno dós\n\n  tres 𐐨𐐨 cuatro\tcinco seis\u0301 siete");
    Map<String, Long> whole = count(new FileRange(file.toString(), 0, Files.size(file)));
    assertThat(whole).hasSize(8);
    for (long limit = 1; limit <= Files.size(file); limit++) {
      List<FileRange> ranges = new FileRange(file.toString(), 0, Files.size(file)).split(limit);
      assertThat(count(ranges.toArray(Piece[]::new))).as("ranges of %d", limit).isEqualTo(whole);
    }
  }

  @Test
  void textOfManyBlocksIsCountedWhole() throws IOException {
    Path file = folder.resolve("long.txt");
    Files.writeString(file, "palabra número ".repeat(100_000) + "x".repeat(1 << 20));
    assertThat(count(new FileRange(file.toString(), 0, Files.size(file))))
        .isEqualTo(Map.of("palabra", 100_000L, "número", 100_000L, "x".repeat(1 << 20), 1L));
  }

  @Test
  void aBinaryFileHasNoWordsInNoneOfItsRanges() throws IOException {
    Path file = folder.resolve("picture");
    Files.write(file, ("\0 head " + "word ".repeat(4000)).getBytes(StandardCharsets.UTF_8));
    List<FileRange> ranges = new FileRange(file.toString(), 0, Files.size(file)).split(3000);
    assertThat(ranges).hasSizeGreaterThan(5);
    assertThat(count(ranges.toArray(Piece[]::new))).isEmpty();
  }

  @Test
  void theEntriesOfAZipCanBeReadInPartsOrChosenByName() throws IOException {
    String zip = zip("a/one.txt", "uno", "b/", "", "b/two.txt", "dos dos", "a/three.txt", "tres");
    assertThat(ZipEntries.all(zip).bytes()).isEqualTo(14);
    List<ZipEntries> parts = ZipEntries.all(zip).split(4);
    assertThat(parts).hasSize(3);
    assertThat(count(parts.toArray(Piece[]::new)))
        .isEqualTo(Map.of("uno", 1L, "dos", 2L, "tres", 1L));
    assertThat(count(ZipEntries.matching(zip, "a/").toArray(Piece[]::new)))
        .isEqualTo(Map.of("uno", 1L, "tres", 1L));
    assertThat(ZipEntries.matching(zip, "c/")).isEmpty();
  }

  @Test
  void theClassesOfThisJdkHaveNamesInThem() throws IOException {
    Text text = JdkText.classes("/modules/java.base/java/lang/ref");
    assertThat(text.files()).isGreaterThan(5);
    assertThat(text.bytes()).isGreaterThan(5000);
    assertThat(count(text.pieces().toArray(Piece[]::new)))
        .containsKeys("phantom", "reference", "queue", "java", "lang");
  }

  @Test
  void namesAreCutWhereTheirCapitalsSay() {
    assertThat(ClassFolder.separated("parseHTTPHeader")).isEqualTo("parse HTTP Header");
    assertThat(ClassFolder.separated("Ljava/util/HashMap;")).isEqualTo("Ljava/util/Hash Map;");
  }

  @Test
  void batchesKeepTheOrderAndTheBalance() {
    List<Piece> pieces =
        List.of(piece("a", 3), piece("b", 3), piece("c", 5), piece("d", 20), piece("e", 1));
    assertThat(Batch.pack(pieces, 6).stream().map(Batch::pieces))
        .containsExactly(
            List.of(pieces.get(0), pieces.get(1)),
            List.of(pieces.get(2)),
            List.of(pieces.get(3)),
            List.of(pieces.get(4)));
  }

  private static Piece piece(String path, long bytes) {
    return new FileRange(path, 0, bytes);
  }

  private String zip(String... namesAndTexts) throws IOException {
    Path zip = folder.resolve("text.zip");
    try (var out = new ZipOutputStream(Files.newOutputStream(zip))) {
      for (int i = 0; i < namesAndTexts.length; i += 2) {
        out.putNextEntry(new ZipEntry(namesAndTexts[i]));
        out.write(namesAndTexts[i + 1].getBytes(StandardCharsets.UTF_8));
        out.closeEntry();
      }
    }
    return zip.toString();
  }

  private static Map<String, Long> count(Piece... pieces) throws IOException {
    var table = new WordTable();
    var counter = new TextCounter(table);
    for (Piece piece : pieces) {
      piece.count(counter);
    }
    var words = new TreeMap<String, Long>();
    table.forEach(words::put);
    return words;
  }
}
