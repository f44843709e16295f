package dev.telar.internal.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Serializable;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/// Lambdas and method references, with what they capture.
class LambdaTest {
  private final Codec codec = new Codec();

  interface Job<T> extends Callable<T>, Serializable {}

  interface Mapping<A, B> extends Function<A, B>, Serializable {}

  static final class Greeter implements Serializable {
    private final String greeting;

    Greeter(String greeting) {
      this.greeting = greeting;
    }

    Job<String> greet(String name) {
      return () -> greeting + " " + name;
    }
  }

  @Test
  void aLambdaCapturesPrimitivesStringsArraysAndObjects() throws Exception {
    int a = 1;
    long b = 2;
    double c = 0.5;
    boolean d = true;
    char e = 'e';
    byte f = 1;
    short g = 2;
    float h = 3;
    String text = "text";
    int[] array = {1, 2, 3};
    List<String> list = List.of("x");
    Job<String> job = () -> text + a + b + c + d + e + f + g + h + array.length + list;
    assertThat(codec.roundTrip(job).call()).isEqualTo("text120.5truee123.03[x]");
  }

  @Test
  void aLambdaCapturesItsSerializableOwner() throws Exception {
    assertThat(codec.roundTrip(new Greeter("hola").greet("telar")).call()).isEqualTo("hola telar");
  }

  @Test
  void lambdasCaptureLambdas() throws Exception {
    Mapping<Integer, Integer> twice = x -> x * 2;
    Mapping<Integer, Integer> more = x -> twice.apply(x) + 1;
    Job<Integer> job = () -> more.apply(20);
    assertThat(codec.roundTrip(job).call()).isEqualTo(41);
  }

  @Test
  void methodReferencesOfEveryKindTravel() throws Exception {
    Mapping<String, Integer> ofStatic = Integer::parseInt;
    Mapping<String, String> ofAnyObject = String::trim;
    Mapping<String, Greeter> ofConstructor = Greeter::new;
    Mapping<String, String> ofObject = "prefix"::concat;
    assertThat(codec.roundTrip(ofStatic).apply("7")).isEqualTo(7);
    assertThat(codec.roundTrip(ofAnyObject).apply(" x ")).isEqualTo("x");
    assertThat(codec.roundTrip(ofConstructor).apply("hi").greeting).isEqualTo("hi");
    assertThat(codec.roundTrip(ofObject).apply("x")).isEqualTo("prefixx");
  }

  @Test
  void aCastMakesAnyFunctionalInterfaceTravel() throws IOException {
    Comparator<String> comparator = (Comparator<String> & Serializable) (a, b) -> b.compareTo(a);
    assertThat(codec.roundTrip(comparator).compare("a", "b")).isPositive();
    assertThat(codec.roundTrip(comparator.reversed()).compare("a", "b")).isNegative();
  }

  @Test
  void anAnonymousAndALocalClassTravel() throws Exception {
    assertThat(codec.roundTrip(Anonymous.of(5)).call()).isEqualTo(5);
    record Local(int x) {}
    assertThat(codec.roundTrip(new Local(3))).isEqualTo(new Local(3));
  }

  @Test
  void aSmallLambdaTakesFewBytes() throws IOException {
    int a = 1;
    int b = 2;
    String text = "abc";
    Job<String> job = () -> text.toUpperCase(Locale.ROOT) + a + b;
    assertThat(codec.encode(job)).hasSizeLessThan(300);
  }

  private static final class Anonymous {
    static Job<Integer> of(int value) {
      return new Job<>() {
        @Override
        public Integer call() {
          return value;
        }
      };
    }
  }
}
