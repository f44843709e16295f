package dev.telar.internal.system;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LineAssemblerTest {
  private final List<String> lines = new ArrayList<>();
  private final LineAssembler assembler = new LineAssembler(lines::add);

  @Test
  void bothKindsOfLineEndsEndALine() {
    accept("one\ntwo\r\n\nfour\rx\n");
    assertThat(lines).containsExactly("one", "two", "", "four\rx");
  }

  @Test
  void aLineMayComeByteByByte() {
    for (byte b : "añb\r\nc\n".getBytes(UTF_8)) {
      assembler.accept(new byte[] {b}, 1);
    }
    assertThat(lines).containsExactly("añb", "c");
  }

  @Test
  void anUnfinishedLineWaitsUntilItIsFlushed() {
    accept("half");
    assertThat(lines).isEmpty();
    assertThat(assembler.pendingBytes()).isEqualTo(4);
    assembler.flush();
    assembler.flush();
    assertThat(lines).containsExactly("half");
    assertThat(assembler.pendingBytes()).isZero();
  }

  @Test
  void aLineOfTheGreatestLengthIsOneLine() {
    String longest = "x".repeat(LineAssembler.LONGEST);
    accept(longest + "\nnext\n\n");
    assertThat(lines).containsExactly(longest, "next", "");
  }

  @Test
  void aLongerLineIsSplitBetweenCharacters() {
    String text = "a" + "ñ€😀".repeat(30_000);
    accept(text + "\n");
    assertThat(String.join("", lines)).isEqualTo(text);
    assertThat(lines).hasSizeGreaterThan(3);
    assertThat(lines)
        .allSatisfy(
            line ->
                assertThat(line.getBytes(UTF_8)).hasSizeLessThanOrEqualTo(LineAssembler.LONGEST));
  }

  @Test
  void bytesThatAreNoUtf8DoNotStopIt() {
    byte[] continuations = new byte[3 * LineAssembler.LONGEST];
    java.util.Arrays.fill(continuations, (byte) 0x80);
    assembler.accept(continuations, continuations.length);
    assembler.flush();
    assertThat(lines).hasSize(3);
  }

  private void accept(String text) {
    byte[] bytes = text.getBytes(UTF_8);
    assembler.accept(bytes, bytes.length);
  }
}
