package dev.telar.cli.words;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class WordTableTest {

  @Test
  void countsLikeAMapHoweverMuchItGrows() {
    var random = new Random(7);
    var table = new WordTable(1);
    var expected = new TreeMap<String, Long>();
    for (int i = 0; i < 50_000; i++) {
      String word = Integer.toString(random.nextInt(20_000), 36);
      if (random.nextBoolean()) {
        table.add(word.toCharArray(), word.length(), word.hashCode());
        expected.merge(word, 1L, Long::sum);
      } else {
        table.add(word, 3);
        expected.merge(word, 3L, Long::sum);
      }
    }
    assertThat(contents(table)).isEqualTo(expected);
    assertThat(table.distinct()).isEqualTo(expected.size());
    assertThat(table.total()).isEqualTo(expected.values().stream().mapToLong(it -> it).sum());
    assertThat(table.sorted()).containsExactly(expected.keySet().toArray(String[]::new));
    assertThat(table.count("no such word")).isZero();
  }

  @Test
  void travelsWholeAndSmall() throws Exception {
    var table = new WordTable();
    table.add("canción", 1);
    table.add("the", 5_000_000_000L);
    for (int i = 0; i < 10_000; i++) {
      table.add("word" + Integer.toString(i, 26), 1 + i % 300);
    }
    var bytes = new ByteArrayOutputStream();
    try (var out = new ObjectOutputStream(bytes)) {
      out.writeObject(table);
    }
    assertThat(bytes.size()).isLessThan(10_000 * 11);
    try (var in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      assertThat(contents((WordTable) in.readObject())).isEqualTo(contents(table));
    }
  }

  private static Map<String, Long> contents(WordTable table) {
    var words = new TreeMap<String, Long>();
    table.forEach(words::put);
    return words;
  }
}
