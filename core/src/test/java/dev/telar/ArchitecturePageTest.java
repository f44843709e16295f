package dev.telar;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// The page that explains the house names every class in it; `Name…` and `…Name` stand for many.
class ArchitecturePageTest {

  private static final Pattern WORD = Pattern.compile("…?\\b[A-Z]\\w+…?");

  @Test
  void everyClassHasItsLine() throws Exception {
    List<String> words =
        WORD.matcher(Files.readString(Path.of("../ARCHITECTURE.md")))
            .results()
            .map(MatchResult::group)
            .distinct()
            .toList();
    List<String> unnamed =
        new ClassFileImporter()
                .withImportOption(location -> !location.contains("/test-classes/"))
                .importPackages("dev.telar")
                .stream()
                .filter(JavaClass::isTopLevelClass)
                .map(JavaClass::getSimpleName)
                .filter(name -> !name.equals("package-info"))
                .filter(name -> words.stream().noneMatch(word -> names(word, name)))
                .toList();
    assertThat(unnamed).isEmpty();
  }

  private static boolean names(String word, String type) {
    if (word.endsWith("…")) {
      return type.startsWith(word.substring(0, word.length() - 1));
    }
    return word.startsWith("…") ? type.endsWith(word.substring(1)) : type.equals(word);
  }
}
