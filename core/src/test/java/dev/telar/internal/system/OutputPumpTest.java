package dev.telar.internal.system;

import static dev.telar.internal.system.Children.handle;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class OutputPumpTest {
  private static final long TEN_SECONDS = TimeUnit.SECONDS.toNanos(10);

  @RegisterExtension final Children children = new Children();

  private final List<String> lines = Collections.synchronizedList(new ArrayList<>());

  @Test
  void eachStreamComesLineByLineUnderItsName() throws Exception {
    Process process = children.sh("echo one; echo 'dos ñ' >&2; printf 'three\\r\\n\\nfive\\n'");
    LineHandler handler = (error, line) -> lines.add((error ? "err " : "out ") + line);
    OutputPump out = new OutputPump(process, false, handler).start("out");
    OutputPump err = new OutputPump(process, true, handler).start("err");
    process.waitFor();
    assertThat(out.awaitEnd(TEN_SECONDS)).isTrue();
    assertThat(err.awaitEnd(TEN_SECONDS)).isTrue();
    assertThat(lines)
        .containsExactlyInAnyOrder("out one", "err dos ñ", "out three", "out ", "out five")
        .containsSubsequence("out one", "out three", "out ", "out five");
    assertThat(out.consumed()).isEqualTo(17);
  }

  @Test
  void whatADyingProcessPrintedWithoutALineEndIsALine() throws Exception {
    Process process = children.sh("echo first; printf 'last words'; kill -9 $$");
    OutputPump pump = pump(process);
    process.waitFor();
    assertThat(pump.awaitEnd(TEN_SECONDS)).isTrue();
    assertThat(lines).containsExactly("first", "last words");
    assertThat(pump.tail()).containsExactly("first", "last words");
  }

  @Test
  void anUnfinishedLineComesOutEvenIfNobodyWaitsForIt() throws Exception {
    pump(children.sh("printf 'no end'; kill -9 $$"));
    await().untilAsserted(() -> assertThat(lines).containsExactly("no end"));
  }

  @Test
  void aWaitBringsOutTheUnfinishedLine() throws Exception {
    Process process = children.sh("printf half; read x; echo other; read x");
    OutputPump pump = pump(process);
    assertThat(pump.awaitConsumed(4, TEN_SECONDS)).isTrue();
    assertThat(lines).containsExactly("half");
    process.outputWriter().append("\n").flush();
    assertThat(pump.awaitConsumed(10, TEN_SECONDS)).isTrue();
    assertThat(lines).containsExactly("half", "other");
  }

  @Test
  void manyUnfinishedLinesStayInOrder() throws Exception {
    Process process = children.sh("while read x; do printf \"<$x>\"; done");
    OutputPump pump = pump(process);
    List<String> expected = new ArrayList<>();
    long bytes = 0;
    for (int i = 0; i < 300; i++) {
      process.outputWriter().append(i + "\n").flush();
      expected.add("<" + i + ">");
      bytes += expected.getLast().length();
      assertThat(pump.awaitConsumed(bytes, TEN_SECONDS)).isTrue();
      assertThat(lines).hasSize(i + 1);
    }
    assertThat(lines).isEqualTo(expected);
  }

  /// On a busy machine the pump's thread may not run for a while, here whenever it looks for more.
  @Test
  void aPumpThatIsLateIsWaitedFor() throws Exception {
    var bytes = new PipedInputStream();
    var slow =
        new FilterInputStream(bytes) {
          @Override
          public int available() throws IOException {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(30));
            return super.available();
          }
        };
    LineHandler handler = (error, line) -> lines.add(line);
    var pump = new OutputPump(slow, false, handler, () -> true, null).start("late");
    try (var child = new PipedOutputStream(bytes)) {
      child.write("half".getBytes(UTF_8));
      child.flush();
      assertThat(pump.awaitConsumed(4, TEN_SECONDS)).isTrue();
      assertThat(lines).containsExactly("half");
    }
    assertThat(pump.awaitEnd(TEN_SECONDS)).isTrue();
  }

  @Test
  void aWaitForWhatNeverComesEndsWithItsTime() throws Exception {
    OutputPump pump = pump(children.sh("echo x; exec sleep 1000"));
    assertThat(pump.awaitConsumed(3, TimeUnit.MILLISECONDS.toNanos(50))).isFalse();
    assertThat(pump.awaitConsumed(2, TEN_SECONDS)).isTrue();
  }

  @Test
  void aWaitForMoreThanADeadProcessWroteEndsWithTheStream() throws Exception {
    OutputPump pump = pump(children.sh("echo x"));
    assertThat(pump.awaitConsumed(1_000, TEN_SECONDS)).isTrue();
  }

  @Test
  void rawBytesAreNotMistakenForAwaitedJavaBytes() throws Exception {
    Child child = new Child(false);
    child.writeRaw("raw raw raw\n");
    child.pump.awaitConsumed(0, TEN_SECONDS);
    await().until(() -> lines.size() == 1);
    assertThat(child.pump.awaitConsumed(0, TEN_SECONDS)).isTrue(); // now it is known to be raw
    child.assertThatItWaitsForJava("java\n");
    child.end();
  }

  @Test
  void withTheLiveCounterRawBytesAreKnownAtOnce() throws Exception {
    Child child = new Child(true);
    child.writeRaw("raw raw raw\n");
    await().until(() -> lines.size() == 1);
    child.assertThatItWaitsForJava("java\n");
    child.end();
  }

  @Test
  void bytesOfTheNextTaskThatWereTakenForRawCostMilliseconds() throws Exception {
    Child child = new Child(false);
    child.writeRaw("one\ntwo\n"); // two belongs to the task after
    await().until(() -> lines.size() == 2);
    assertThat(child.pump.awaitConsumed(4, TEN_SECONDS)).isTrue();
    assertThat(child.pump.awaitConsumed(8, TEN_SECONDS)).isTrue();
    child.end();
  }

  @Test
  void aGrandchildThatHoldsThePipeDelaysNobody() throws Exception {
    Process process = children.sh("sleep 1000 & echo $!; read x; printf tail; kill -9 $$");
    OutputPump pump = pump(process);
    var exit = process.onExit();
    await().until(() -> !lines.isEmpty());
    process.outputWriter().append("\n").flush();
    exit.get(10, TimeUnit.SECONDS);
    long begin = System.nanoTime();
    assertThat(pump.awaitEnd(TEN_SECONDS)).isTrue();
    assertThat(System.nanoTime() - begin).isLessThan(TimeUnit.SECONDS.toNanos(3));
    assertThat(lines).hasSize(2).endsWith("tail");
    handle(lines.getFirst()).destroyForcibly();
  }

  @Test
  void aGrandchildThatKeepsTalkingDelaysNobodyBeyondTheTimeOut() throws Exception {
    Process process =
        children.sh("sh -c 'echo $$; while :; do echo x; sleep 0.05; done' & read x; kill -9 $$");
    OutputPump pump = pump(process);
    await().until(() -> lines.size() > 1);
    process.outputWriter().append("\n").flush();
    process.waitFor();
    long begin = System.nanoTime();
    pump.awaitEnd(TimeUnit.MILLISECONDS.toNanos(400)); // true if the JDK closed the pipe between
    assertThat(System.nanoTime() - begin).isLessThan(TimeUnit.SECONDS.toNanos(3));
    ProcessTree.kill(handle(lines.getFirst()), "none");
  }

  @Test
  void aFloodWithoutALineEndNeedsBoundedMemory() throws Exception {
    AtomicLong length = new AtomicLong();
    AtomicInteger longest = new AtomicInteger();
    Process process = children.sh("head -c 67108864 /dev/zero | tr '\\0' x");
    OutputPump pump =
        new OutputPump(
            process,
            false,
            (error, line) -> {
              length.addAndGet(line.length());
              longest.accumulateAndGet(line.length(), Math::max);
            });
    pump.start("flood");
    process.waitFor();
    assertThat(pump.awaitEnd(4 * TEN_SECONDS)).isTrue();
    assertThat(length).hasValue(64 * 1024 * 1024);
    assertThat(longest).hasValue(LineAssembler.LONGEST);
    assertThat(pump.tail()).allSatisfy(line -> assertThat(line).hasSize(2_000));
  }

  @Test
  void aHandlerThatThrowsGetsTheNextLineAllTheSame() throws Exception {
    Process process = children.sh("echo one; echo two; echo three");
    OutputPump pump =
        new OutputPump(
                process,
                false,
                (error, line) -> {
                  lines.add(line);
                  throw new AssertionError("broken handler (this test's own)");
                })
            .start("throws");
    assertThat(pump.awaitConsumed(14, TEN_SECONDS)).isTrue();
    assertThat(lines).containsExactly("one", "two", "three");
  }

  @Test
  void aHandlerThatBlocksForEverHoldsUpNoWaitBeyondItsTimeOut() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    CountDownLatch entered = new CountDownLatch(1);
    Process process = children.sh("echo one; printf two");
    OutputPump pump =
        new OutputPump(
                process,
                false,
                (error, line) -> {
                  entered.countDown();
                  try {
                    never.await();
                  } catch (InterruptedException e) {
                    throw new AssertionError(e);
                  }
                })
            .start("blocks");
    entered.await();
    process.waitFor();
    assertThat(pump.awaitConsumed(4, TimeUnit.MILLISECONDS.toNanos(50))).isFalse();
    assertThat(pump.awaitEnd(TimeUnit.MILLISECONDS.toNanos(400))).isFalse();
    assertThat(pump.tail()).contains("one");
    never.countDown();
    assertThat(pump.awaitEnd(TEN_SECONDS)).isTrue();
  }

  @Test
  void theTailHoldsTheLast20Lines() throws Exception {
    Process process = children.sh("seq 1 1000");
    OutputPump pump = pump(process);
    assertThat(pump.awaitEnd(TEN_SECONDS)).isTrue();
    assertThat(pump.tail()).hasSize(20).startsWith("981").endsWith("1000");
  }

  @Test
  void theUsualHandlerPrintsWhereSystemOutPointsAtThatMoment() {
    LineHandler handler = LineHandler.printing();
    PrintStream out = System.out;
    PrintStream err = System.err;
    ByteArrayOutputStream newOut = new ByteArrayOutputStream();
    ByteArrayOutputStream newErr = new ByteArrayOutputStream();
    System.setOut(new PrintStream(newOut));
    System.setErr(new PrintStream(newErr));
    try {
      handler.line(false, "to out");
      handler.line(true, "to err");
    } finally {
      System.setOut(out);
      System.setErr(err);
    }
    assertThat(newOut).hasToString("to out" + System.lineSeparator());
    assertThat(newErr).hasToString("to err" + System.lineSeparator());
  }

  private OutputPump pump(Process process) {
    return new OutputPump(process, false, (error, line) -> lines.add(line)).start("pump");
  }

  /// A child whose writes this test controls one by one.
  private final class Child {
    private final PipedOutputStream out = new PipedOutputStream();
    private final AtomicLong javaBytes = new AtomicLong();
    private final AtomicBoolean alive = new AtomicBoolean(true);
    private final OutputPump pump;

    Child(boolean liveCounter) throws Exception {
      PipedInputStream in = new PipedInputStream(out);
      pump =
          new OutputPump(
              in,
              false,
              (error, line) -> lines.add(line),
              alive::get,
              liveCounter ? javaBytes::get : null);
      pump.start("child");
    }

    void writeRaw(String text) throws Exception {
      out.write(text.getBytes());
      out.flush();
    }

    /// The report is here before the bytes: only a wait that knows the surplus waits for them.
    void assertThatItWaitsForJava(String text) throws Exception {
      javaBytes.addAndGet(text.length());
      CountDownLatch waiting = new CountDownLatch(1);
      AtomicBoolean early = new AtomicBoolean();
      int before = lines.size();
      Thread waiter =
          Thread.ofVirtual()
              .start(
                  () -> {
                    waiting.countDown();
                    try {
                      early.set(
                          !pump.awaitConsumed(javaBytes.get(), TEN_SECONDS)
                              || lines.size() == before);
                    } catch (InterruptedException e) {
                      early.set(true);
                    }
                  });
      waiting.await();
      writeRaw(text);
      waiter.join();
      assertThat(early).isFalse();
    }

    void end() throws Exception {
      alive.set(false);
      out.close();
      assertThat(pump.awaitEnd(TEN_SECONDS)).isTrue();
    }
  }
}
