package dev.telar.cli.words;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.telar.cli.work.InputException;
import dev.telar.cli.work.Job;
import dev.telar.cli.work.Total;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WordsTest {

  @TempDir Path folder;

  @Test
  void countsAFolderWithAllBelowItButNotWhatIsHidden() throws Exception {
    write("a.txt", "to be or not to be");
    write("deep/er/b.txt", "To the point");
    write(".git/config", "hidden");
    write("deep/.secret", "hidden");
    assertThat(answer(folder.toString()))
        .containsEntry("words", 9L)
        .containsEntry("distinct", 6)
        // printf 'be 2\nnot 1\nor 1\npoint 1\nthe 1\nto 3\n' | sha256sum
        .containsEntry(
            "sha256", "2dce25e671281ff9016b9b69cb5d676e01620ca0b7044278c05429cfc042c10f");
  }

  @Test
  void theMostFrequentWordsComeFirstAndEqualOnesByTheirLetters() throws Exception {
    write("a.txt", "b b b a a c c z");
    assertThat(answer(folder.toString()).get("top"))
        .isEqualTo(
            List.of(
                Map.of("word", "b", "count", 3L),
                Map.of("word", "a", "count", 2L),
                Map.of("word", "c", "count", 2L),
                Map.of("word", "z", "count", 1L)));
  }

  @Test
  void severalInputsAreOneText() throws Exception {
    Path a = write("a.txt", "uno");
    Path b = write("b.txt", "dos");
    assertThat(answer(a.toString(), b.toString())).containsEntry("words", 2L);
    assertThat(new Words(List.of(a.toString(), b.toString())).job(2).input())
        .isEqualTo(a + " and 1 more (2 files, 0.0 kB)");
  }

  @Test
  void theSameAnswerWhateverTheParallelism() throws Exception {
    write("big.txt", "one two three four five ".repeat(500_000));
    Words words = new Words(List.of(folder.toString()));
    assertThat(words.job(1).items().size()).isLessThan(words.job(64).items().size());
    assertThat(answer(words.job(1))).isEqualTo(answer(words.job(64)));
  }

  @Test
  void aFileThatVanishesIsNamed() throws Exception {
    Path file = write("a.txt", "uno");
    Job<?, ?> job = new Words(List.of(file.toString())).job(2);
    Files.delete(file);
    assertThatThrownBy(() -> answer(job))
        .isInstanceOf(InputException.class)
        .hasMessage("cannot read " + file + ": no such file");
  }

  @Test
  void textWithoutWordsIsRefused() throws Exception {
    Path file = write("a.txt", "1 2 3");
    assertThatThrownBy(() -> answer(file.toString()))
        .isInstanceOf(InputException.class)
        .hasMessage("no words in " + file + "; name text in UTF-8");
  }

  @Test
  void theJdkHasTextEvenWithoutSources() throws Exception {
    assertThat(JdkText.sources(folder.resolve("no-jdk"))).isEmpty();
    assertThat(JdkText.find().bytes()).isGreaterThan(10_000_000);
  }

  private Path write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  private static Map<String, Object> answer(String... inputs) throws Exception {
    return answer(new Words(List.of(inputs)).job(2));
  }

  private static <A, P> Map<String, Object> answer(Job<A, P> job) throws Exception {
    Total<P> total = job.newTotal();
    for (A item : job.items()) {
      total.add(job.function().apply(item));
    }
    return total.answer().facts();
  }
}
