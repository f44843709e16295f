package dev.telar.shared;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.telar.Pool;
import dev.telar.testing.Handles;
import dev.telar.testing.JavaProgram;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SharedTest {

  /// Opens a Shared and keeps it, until it is killed.
  public static final class Creator {
    public static void main(String[] args) throws Exception {
      Shared shared = Shared.open();
      SharedLong value = shared.longValue(Integer.parseInt(args[1]));
      Path file = Path.of(args[0]);
      Files.writeString(file.resolveSibling("half"), Handles.write(value), UTF_8);
      Files.move(file.resolveSibling("half"), file);
      Thread.sleep(60_000);
      System.out.println(shared);
    }
  }

  @Test
  void unrelatedProgramsShareToo_untilTheCreatorDies(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("handle");
    try (var program = JavaProgram.start(Creator.class, file.toString(), "17")) {
      await().until(() -> Files.exists(file));
      String handle = Files.readString(file);
      SharedLong value = Handles.read(handle);

      assertThat(value.incrementAndGet()).isEqualTo(18);

      program.kill();
      program.await();
      await() // who was seen alive is believed to be so for some milliseconds
          .untilAsserted(
              () ->
                  assertThatThrownBy(() -> Handles.read(handle))
                      .isInstanceOf(SharedClosedException.class)
                      .hasMessageContaining("has ended"));
      assertThat(value.isOpen()).isFalse();
      assertThatThrownBy(value::get)
          .isInstanceOf(SharedClosedException.class)
          .hasMessageContaining("SharedTest.java");
    }
  }

  /// Without a wait, and without attaching anything else, which would look.
  @Test
  void theDeathOfTheCreatorIsNoticedAlsoWhereNobodyWaits(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("handle");
    try (var program = JavaProgram.start(Creator.class, file.toString(), "17")) {
      await().until(() -> Files.exists(file));
      SharedLong value = Handles.read(Files.readString(file));
      assertThat(value.get()).isEqualTo(17);

      program.kill();
      program.await();

      await().until(() -> !value.isOpen());
      assertThatThrownBy(value::incrementAndGet).isInstanceOf(SharedClosedException.class);
    }
  }

  @Test
  void anInterruptedThreadMakesAndAttachesObjectsAndStaysInterrupted() throws Exception {
    try (var worker = Pool.processes(1);
        var outer = Shared.open()) {
      String handle = Handles.write(outer.doubleArray(1 << 18));
      Thread.currentThread().interrupt();
      try (var shared = Shared.open()) {
        SharedQueue<byte[]> queue = shared.queue(10, 4096);
        assertThat(queue.offer(new byte[10_000])).isTrue();
        assertThat(queue.poll()).hasSize(10_000);
        assertThat(shared.longArray(1 << 20).length()).isEqualTo(1 << 20);
      }
      assertThat(Thread.interrupted()).isTrue();

      var length =
          worker.submit(
              () -> {
                Thread.currentThread().interrupt();
                SharedDoubleArray array = Handles.read(handle);
                return Thread.interrupted() ? array.length() : -1;
              });
      assertThat(length.get(30, SECONDS)).isEqualTo(1 << 18);
    }
  }

  @Test
  void aForgottenOneIsClosedAndTheLogSaysWhereItWasOpened() {
    var told = new CopyOnWriteArrayList<String>();
    Logger logger = Logger.getLogger("dev.telar.internal.memory.ArenaEnd");
    Handler handler =
        new Handler() {
          @Override
          public void publish(LogRecord line) {
            told.add(line.getMessage());
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    logger.addHandler(handler);
    logger.setUseParentHandlers(false);
    try {
      forget();
      await()
          .untilAsserted(
              () -> {
                System.gc();
                assertThat(told).anyMatch(line -> line.contains("SharedTest.java"));
              });
    } finally {
      logger.removeHandler(handler);
      logger.setUseParentHandlers(true);
    }
  }

  /// While an object of it is in use it stays open.
  private static void forget() {
    SharedLong value = Shared.open().longValue(1);
    for (int i = 0; i < 5; i++) {
      System.gc();
      assertThat(value.incrementAndGet()).isEqualTo(i + 2);
    }
  }
}
