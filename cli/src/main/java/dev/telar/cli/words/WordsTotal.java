package dev.telar.cli.words;

import dev.telar.cli.work.Answer;
import dev.telar.cli.work.InputException;
import dev.telar.cli.work.Listing;
import dev.telar.cli.work.Total;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.PriorityQueue;

/// Joins the tables of all batches, and says what is in them: how many words, which are the most
/// frequent ones, and a digest of all counts, so that two runs can be compared by three short
/// values.
final class WordsTotal implements Total<WordTable> {

  private static final int TOP = 10;
  private static final int TOP_SHOWN = 8;
  private static final int LISTED = 20;

  private record Count(String word, long count) {}

  // By count; words of the same count by their letters, so that the choice is the same everywhere.
  private static final Comparator<Count> RAREST_FIRST =
      Comparator.comparingLong(Count::count).thenComparing(Count::word, Comparator.reverseOrder());

  private final WordTable table = new WordTable(1 << 16);
  private final String text;

  WordsTotal(String text) {
    this.text = text;
  }

  @Override
  public void add(WordTable part) {
    table.addAll(part);
  }

  @Override
  public Answer answer() throws InputException {
    if (table.total() == 0) {
      throw new InputException("no words in " + text + "; name text in UTF-8");
    }
    List<Count> top = top();
    String first =
        String.format(
            Locale.ROOT, "%,d words, %,d different ones.", table.total(), table.distinct());
    var second = new StringBuilder("Most frequent:");
    for (Count count : top.subList(0, Math.min(TOP_SHOWN, top.size()))) {
      second.append(String.format(Locale.ROOT, " %s %,d,", count.word(), count.count()));
    }
    second.setCharAt(second.length() - 1, '.');
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("words", table.total());
    facts.put("distinct", table.distinct());
    facts.put("sha256", digest());
    facts.put("top", top.stream().map(WordsTotal::facts).toList());
    return new Answer(List.of(first, second.toString()), facts);
  }

  @Override
  public Listing listing() {
    var counts = new ArrayList<Count>();
    table.forEach((word, count) -> counts.add(new Count(word, count)));
    counts.sort(RAREST_FIRST.reversed());
    return new Listing(
        List.of("word", "count"),
        counts.stream().map(it -> List.<Object>of(it.word(), it.count())).toList(),
        LISTED);
  }

  private List<Count> top() {
    var top = new PriorityQueue<>(RAREST_FIRST);
    table.forEach(
        (word, count) -> {
          top.add(new Count(word, count));
          if (top.size() > TOP) {
            top.poll();
          }
        });
    return top.stream().sorted(RAREST_FIRST.reversed()).toList();
  }

  private static Map<String, Object> facts(Count count) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("word", count.word());
    facts.put("count", count.count());
    return facts;
  }

  /// SHA-256 over `word count\n` for all words, sorted.
  private String digest() {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      for (String word : table.sorted()) {
        String line = word + ' ' + table.count(word) + '\n';
        digest.update(line.getBytes(StandardCharsets.UTF_8));
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
