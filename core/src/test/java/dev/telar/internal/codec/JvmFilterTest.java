package dev.telar.internal.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// The filter of the JVM can only be set when it starts, so this needs a JVM of its own.
class JvmFilterTest {

  /// The child: decodes a value that the filter refuses and one that it lets pass.
  public static final class Child {
    public static void main(String[] arguments) throws IOException {
      var codec = new Codec();
      System.out.println(codec.roundTrip(List.of("passed")));
      try {
        codec.roundTrip(List.of(new BitSet()));
      } catch (DecodeException e) {
        System.out.println(e.getMessage());
      }
      Job job = Refused.job("refused");
      try {
        codec.roundTrip(job);
      } catch (DecodeException e) {
        System.out.println("lambda: " + e.getMessage());
      }
    }
  }

  interface Job extends Callable<String>, Serializable {}

  static final class Refused {
    static Job job(String text) {
      return () -> text;
    }
  }

  @Test
  void theFilterOfTheJvmStaysInForce() throws Exception {
    var command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Djdk.serialFilter=!java.util.BitSet;!" + Refused.class.getName(),
            "-cp",
            String.join(File.pathSeparator, locationOf(Encoder.class), locationOf(Codec.class)),
            Child.class.getName());
    Process child = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(child.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(output)
        .contains("[passed]")
        .contains("REJECTED")
        .containsPattern("lambda: .*REJECTED");
  }

  private static String locationOf(Class<?> type) throws Exception {
    return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
  }
}
