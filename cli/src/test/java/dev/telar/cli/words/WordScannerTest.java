package dev.telar.cli.words;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class WordScannerTest {

  @Test
  void wordsAreRunsOfLettersInLowerCase() {
    assertThat(words("The cat, the Hat; THE-end."))
        .isEqualTo(Map.of("the", 3L, "cat", 1L, "hat", 1L, "end", 1L));
  }

  @Test
  void anApostropheBetweenLettersBelongsToTheWordHoweverItWasTyped() {
    assertThat(words("don't don’t 'quoted' rock'"))
        .isEqualTo(Map.of("don't", 2L, "quoted", 1L, "rock", 1L));
  }

  @Test
  void lettersNextToDigitsAreCodesAndNoWords() {
    assertThat(words("0x1f \\u00e9 sha256 42 word ２é")).isEqualTo(Map.of("word", 1L));
  }

  @Test
  void aComposedAndADecomposedAccentAreTheSameWord() {
    assertThat(words("Canción CANCIO\u0301N")).isEqualTo(Map.of("canción", 2L));
  }

  @Test
  void lowerCaseFollowsTheWholeWordAndNoLocale() {
    assertThat(words("ΟΔΟΣ TITLE İ")).isEqualTo(Map.of("οδος", 1L, "title", 1L, "i\u0307", 1L));
  }

  @Test
  void lettersOutsideTheBasicPlaneAreLetters() {
    // Deseret capital and small long I, and a music symbol, which is none.
    assertThat(words("\uD801\uDC00 \uD801\uDC28 \uD834\uDD1E"))
        .isEqualTo(Map.of("\uD801\uDC28", 2L));
  }

  @Test
  void aWordLongerThanAnyBufferIsWhole() {
    String word = "x".repeat(100_000);
    assertThat(words(word + " " + word)).isEqualTo(Map.of(word, 2L));
  }

  private static Map<String, Long> words(String text) {
    var table = new WordTable();
    new WordScanner(table).scan(text);
    var words = new TreeMap<String, Long>();
    table.forEach(words::put);
    return words;
  }
}
