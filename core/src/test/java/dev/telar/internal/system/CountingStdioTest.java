package dev.telar.internal.system;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class CountingStdioTest {
  @RegisterExtension final Children children = new Children();
  @TempDir Path folder;

  @Test
  void aDyingJvmLosesNothingAndCountsEveryByte() throws Exception {
    Path counts = folder.resolve("counts");
    ProcessBuilder builder = Children.javaBuilder(Prints.class, counts.toString());
    builder.environment().put("LC_ALL", "C");
    Process process = children.start(builder);
    byte[] out = process.getInputStream().readAllBytes();
    byte[] err = process.getErrorStream().readAllBytes();
    process.waitFor();
    assertThat(new String(out, UTF_8)).isEqualTo("línea €\nhalf" + "y".repeat(20_000) + "!after\n");
    assertThat(new String(err, UTF_8)).isEqualTo("¡error!");
    assertThat(Files.readString(counts)).isEqualTo(out.length + " " + err.length);
  }

  static final class Prints {
    public static void main(String[] args) throws Exception {
      CountingStdio stdio = CountingStdio.install();
      System.out.printf("línea %s%n", "€");
      System.out.print("half");
      System.out.print("y".repeat(20_000).toCharArray());
      System.out.write('!'); // buffered, as ever
      stdio.flush();
      System.out.close(); // must not silence the next task
      System.out.println("after");
      System.err.print("¡error!");
      Files.writeString(Path.of(args[0]), stdio.outBytes() + " " + stdio.errBytes());
      Runtime.getRuntime().halt(1);
    }
  }
}
