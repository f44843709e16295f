package dev.telar.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The list of the examples agrees with their classes, their tests and their page.
class ExamplesTest {

  private static final List<Class<?>> TESTS =
      List.of(
          TwoTasksTest.class,
          WorkersTest.class,
          PoolsTest.class,
          FuturesTest.class,
          PagesTest.class,
          SharedObjectsTest.class,
          ContainmentTest.class);

  static Stream<String> names() {
    return Examples.all().stream().map(Example::name);
  }

  @Test
  void namesAreUnique() {
    assertThat(names()).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @MethodSource("names")
  void anExampleIsNamedAsItsClassAndCanBeLaunched(String name) throws Exception {
    var main = Class.forName(ExampleRun.className(name)).getDeclaredMethod("main");

    assertThat(java.lang.reflect.Modifier.isStatic(main.getModifiers())).isTrue();
  }

  @ParameterizedTest
  @MethodSource("names")
  void anExampleIsFoundByItsName(String name) {
    assertThat(Examples.named(name)).map(Example::name).contains(name);
  }

  @Test
  void anUnknownNameIsFoundNowhere() {
    assertThat(Examples.named("no-such-example")).isEmpty();
  }

  @Test
  void aSummaryIsOneSentence() {
    assertThat(Examples.all())
        .allSatisfy(example -> assertThat(example.summary()).endsWith(".").hasSizeLessThan(80));
  }

  @ParameterizedTest
  @MethodSource("names")
  void anExampleHasATestOfItsName(String name) {
    String simpleName = ExampleRun.className(name).replaceFirst(".*\\.", "");
    String method = Character.toLowerCase(simpleName.charAt(0)) + simpleName.substring(1);

    assertThat(TESTS.stream().flatMap(test -> Arrays.stream(test.getDeclaredMethods())))
        .anySatisfy(test -> assertThat(test.getName()).isEqualTo(method));
  }

  @ParameterizedTest
  @MethodSource("names")
  void anExampleStandsInTheTableOfItsModule(String name) throws Exception {
    assertThat(Files.readString(Path.of("README.md"))).contains("`" + name + "`");
  }
}
