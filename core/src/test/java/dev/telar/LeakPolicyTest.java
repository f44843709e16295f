package dev.telar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import dev.telar.testing.Mark;
import java.io.ByteArrayInputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.TimeZone;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What a task leaves behind in its worker is not found by the next one.
class LeakPolicyTest {

  private static final Duration LONG = Duration.ofSeconds(30);

  @TempDir Path folder;

  private static final class Silent extends PrintStream {
    Silent() {
      super(OutputStream.nullOutputStream());
    }
  }

  /// Things to leave behind, and whether they are there.
  enum Leak {
    LOCALE {
      @Override
      void leave() {
        Locale.setDefault(Locale.forLanguageTag("eo"));
      }

      @Override
      boolean isThere() {
        return Locale.getDefault().getLanguage().equals("eo");
      }
    },
    FORMAT_LOCALE {
      @Override
      void leave() {
        Locale.setDefault(Locale.Category.FORMAT, Locale.forLanguageTag("eo"));
      }

      @Override
      boolean isThere() {
        return Locale.getDefault(Locale.Category.FORMAT).getLanguage().equals("eo");
      }
    },
    TIME_ZONE {
      @Override
      void leave() {
        TimeZone.setDefault(TimeZone.getTimeZone("Pacific/Chatham"));
      }

      @Override
      boolean isThere() {
        return TimeZone.getDefault().getID().equals("Pacific/Chatham");
      }
    },
    CHANGED_PROPERTY {
      @Override
      void leave() {
        System.setProperty("line.separator", "!");
      }

      @Override
      boolean isThere() {
        return System.getProperty("line.separator").equals("!");
      }
    },
    REMOVED_PROPERTY {
      @Override
      void leave() {
        System.clearProperty("user.home");
      }

      @Override
      boolean isThere() {
        return System.getProperty("user.home") == null;
      }
    },
    ALL_PROPERTIES {
      @Override
      void leave() {
        System.setProperties(new Properties());
      }

      @Override
      boolean isThere() {
        return System.getProperty("user.home") == null;
      }
    },
    OUT {
      @Override
      void leave() {
        System.setOut(new Silent());
      }

      @Override
      boolean isThere() {
        return System.out instanceof Silent;
      }
    },
    IN {
      @Override
      void leave() {
        System.setIn(new ByteArrayInputStream(new byte[] {1}));
      }

      @Override
      boolean isThere() {
        return System.in instanceof ByteArrayInputStream;
      }
    };

    abstract void leave();

    abstract boolean isThere();
  }

  private static long pid() {
    return ProcessHandle.current().pid();
  }

  private static ProcessPoolBuilder one(LeakPolicy policy) {
    return ProcessPool.builder().workers(1).leaks(policy);
  }

  @ParameterizedTest
  @EnumSource(Leak.class)
  void whatATaskChangedIsPutBackForTheNextOne(Leak leak) throws Exception {
    try (var pool = ProcessPool.builder().workers(1).build()) {
      long before = pool.submit(LeakPolicyTest::pid).get(30, TimeUnit.SECONDS);
      pool.submit(leak::leave).get(30, TimeUnit.SECONDS);
      assertThat(pool.submit(leak::isThere).get(30, TimeUnit.SECONDS)).isFalse();
      assertThat(pool.submit(LeakPolicyTest::pid).get(30, TimeUnit.SECONDS)).isEqualTo(before);
    }
  }

  @Test
  void itIsPutBackWhenTheTaskFailedToo() throws Exception {
    try (var pool = ProcessPool.builder().workers(1).build()) {
      TaskFuture<Object> failing =
          pool.submit(
              () -> {
                Leak.LOCALE.leave();
                throw new IllegalStateException();
              });
      assertThat(PoolContract.failure(() -> failing.get(30, TimeUnit.SECONDS)))
          .isInstanceOf(IllegalStateException.class);
      assertThat(pool.submit(Leak.LOCALE::isThere).get(30, TimeUnit.SECONDS)).isFalse();
    }
  }

  @Test
  void whoIgnoresLeaksFindsThem() throws Exception {
    try (var pool = one(LeakPolicy.IGNORE).build()) {
      pool.submit(Leak.LOCALE::leave).get(30, TimeUnit.SECONDS);
      assertThat(pool.submit(Leak.LOCALE::isThere).get(30, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void propertiesThatAreAddedStay() throws Exception {
    try (var pool = one(LeakPolicy.RECYCLE).build()) {
      long before = pool.submit(LeakPolicyTest::pid).get(30, TimeUnit.SECONDS);
      pool.submit(() -> System.setProperty("telar.test.added", "1")).get(30, TimeUnit.SECONDS);
      assertThat(
              pool.submit(() -> System.getProperty("telar.test.added")).get(30, TimeUnit.SECONDS))
          .isEqualTo("1");
      assertThat(pool.submit(LeakPolicyTest::pid).get(30, TimeUnit.SECONDS)).isEqualTo(before);
    }
  }

  @Test
  void whatInitializersDoIsMeant() throws Exception {
    try (var pool = one(LeakPolicy.RECYCLE).initializer(Leak.LOCALE::leave).build()) {
      assertThat(pool.submit(Leak.LOCALE::isThere).get(30, TimeUnit.SECONDS)).isTrue();
      var states =
          pool.withState(
              () -> {
                Leak.TIME_ZONE.leave();
                Thread.ofPlatform().daemon().start(() -> sleep());
                return pid();
              });
      long first = states.<Long>submit(state -> state).get(30, TimeUnit.SECONDS);
      assertThat(pool.submit(Leak.TIME_ZONE::isThere).get(30, TimeUnit.SECONDS)).isTrue();
      assertThat(pool.submit(LeakPolicyTest::pid).get(30, TimeUnit.SECONDS)).isEqualTo(first);
    }
  }

  private static void sleep() {
    try {
      Thread.sleep(Duration.ofMinutes(5));
    } catch (InterruptedException e) {
      // it ends
    }
  }

  @Test
  void interruptStatusAndContextClassLoaderAreNotHandedOn() throws Exception {
    for (Pool engine : List.of(Pool.threads(1), Pool.processes(1))) {
      try (Pool pool = engine) {
        ClassLoader usual =
            pool.capabilities().isolated()
                ? null
                : pool.submit(() -> Thread.currentThread().getContextClassLoader()).get();
        pool.submit(
                () -> {
                  Thread.currentThread().interrupt();
                  Thread.currentThread().setContextClassLoader(new URLClassLoader(new URL[0]));
                })
            .get(30, TimeUnit.SECONDS);
        assertThat(pool.submit(() -> Thread.currentThread().isInterrupted()).get()).isFalse();
        assertThat(
                pool.submit(
                        () ->
                            Thread.currentThread().getContextClassLoader()
                                instanceof URLClassLoader)
                    .get())
            .isFalse();
        assertThat(usual == null || usual == Thread.currentThread().getContextClassLoader())
            .isTrue();
      }
    }
  }

  @Test
  void itemsOfAChunkDoNotInterruptEachOther() {
    try (var pool = Pool.processes(1)) {
      List<Boolean> interrupted =
          pool.with(TaskOptions.defaults().chunkSize(10))
              .map(
                  i -> {
                    boolean was = Thread.currentThread().isInterrupted();
                    boolean loader =
                        Thread.currentThread().getContextClassLoader() instanceof URLClassLoader;
                    Thread.currentThread().setContextClassLoader(new URLClassLoader(new URL[0]));
                    Thread.currentThread().interrupt();
                    return was || loader;
                  },
                  IntStream.range(0, 10).boxed().toList());
      assertThat(interrupted).containsOnly(false);
    }
  }

  @ParameterizedTest
  @EnumSource(Leak.class)
  void aWorkerInWhichSomethingWasLeftIsReplaced(Leak leak) throws Exception {
    try (var pool = one(LeakPolicy.RECYCLE).build()) {
      long before = pool.submit(LeakPolicyTest::pid).get(30, TimeUnit.SECONDS);
      List<TaskFuture<Long>> after = new ArrayList<>();
      TaskFuture<Void> leaking = pool.submit(leak::leave);
      for (int i = 0; i < 50; i++) {
        after.add(pool.submit(LeakPolicyTest::pid)); // sent ahead, behind the task that leaks
      }
      leaking.get(30, TimeUnit.SECONDS);
      for (TaskFuture<Long> task : after) {
        assertThat(task.get(30, TimeUnit.SECONDS)).isNotEqualTo(before);
      }
    }
  }

  @Test
  void aThreadThatGoesOnCostsItsWorker() throws Exception {
    try (var pool = one(LeakPolicy.RECYCLE).build()) {
      long before = pool.submit(LeakPolicyTest::pid).get(30, TimeUnit.SECONDS);
      Mark running = Mark.in(folder, "running");
      pool.submit(
              () -> {
                Thread.ofPlatform()
                    .start(
                        () -> {
                          running.set();
                          sleep();
                        });
                running.await();
                Thread.sleep(2);
              })
          .get(30, TimeUnit.SECONDS);
      assertThat(pool.submit(LeakPolicyTest::pid).get(30, TimeUnit.SECONDS)).isNotEqualTo(before);
    }
  }

  @Test
  void threadsOfTheJdkAndThreadsThatEndDoNotCount() throws Exception {
    try (var pool = one(LeakPolicy.RECYCLE).maxLeftThreads(0).build()) {
      long before = pool.submit(LeakPolicyTest::pid).get(30, TimeUnit.SECONDS);
      for (int i = 0; i < 5; i++) {
        pool.submit(
                () -> {
                  Thread short1 = Thread.ofPlatform().start(() -> {});
                  short1.join();
                  Thread.startVirtualThread(() -> {}).join();
                  new ProcessBuilder("true").start().waitFor();
                  IntStream.range(0, 1000).parallel().sum();
                  java.util.concurrent.CompletableFuture.supplyAsync(() -> 1).join();
                  java.util.concurrent.CompletableFuture.delayedExecutor(1, TimeUnit.MILLISECONDS)
                      .execute(() -> {});
                  Thread.sleep(5);
                })
            .get(30, TimeUnit.SECONDS);
      }
      assertThat(pool.submit(LeakPolicyTest::pid).get(30, TimeUnit.SECONDS)).isEqualTo(before);
    }
  }

  @Test
  void aFewThreadsMayBeLeftIfTheSettingsSaySo() throws Exception {
    try (var pool = ProcessPool.builder().workers(1).maxLeftThreads(2).build()) {
      long before = pool.submit(LeakPolicyTest::pid).get(30, TimeUnit.SECONDS);
      Action leave =
          () -> {
            Thread.ofPlatform().daemon().start(() -> sleep());
            Thread.sleep(2);
          };
      pool.submit(leave).get(30, TimeUnit.SECONDS);
      pool.submit(leave).get(30, TimeUnit.SECONDS);
      assertThat(pool.submit(LeakPolicyTest::pid).get(30, TimeUnit.SECONDS)).isEqualTo(before);
      pool.submit(leave).get(30, TimeUnit.SECONDS);
      assertThat(pool.submit(LeakPolicyTest::pid).get(30, TimeUnit.SECONDS)).isNotEqualTo(before);
    }
  }

  private static final List<byte[]> KEPT = new ArrayList<>();

  @Test
  void aWorkerWhoseHeapStaysFullIsReplaced() throws Exception {
    try (var pool =
        ProcessPool.builder().workers(1).maxHeap("200m").maxRetainedHeap("60m").build()) {
      long before = pool.submit(LeakPolicyTest::pid).get(30, TimeUnit.SECONDS);
      Task<Long> garbage =
          () -> {
            long sum = 0;
            for (int i = 0; i < 300; i++) {
              sum += new byte[1 << 20].length;
            }
            System.gc();
            Thread.sleep(25);
            return sum;
          };
      pool.submit(garbage).get(30, TimeUnit.SECONDS);
      assertThat(pool.submit(LeakPolicyTest::pid).get(30, TimeUnit.SECONDS)).isEqualTo(before);
      pool.submit(
              () -> {
                for (int i = 0; i < 80; i++) {
                  KEPT.add(new byte[1 << 20]);
                }
                System.gc();
                Thread.sleep(25);
              })
          .get(30, TimeUnit.SECONDS);
      assertThat(pool.submit(LeakPolicyTest::pid).get(30, TimeUnit.SECONDS)).isNotEqualTo(before);
    }
  }

  @Test
  void aLeakIsLoggedOnceWithTheNameOfItsTask() throws Exception {
    List<LogRecord> records = new ArrayList<>();
    Handler handler =
        new Handler() {
          @Override
          public synchronized void publish(LogRecord entry) {
            records.add(entry);
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    Logger logger = Logger.getLogger("dev.telar.leaks");
    logger.addHandler(handler);
    logger.setUseParentHandlers(false);
    try (var pool = one(LeakPolicy.WARN).build()) {
      for (int i = 0; i < 5; i++) {
        pool.with(TaskOptions.defaults().name("page " + i))
            .submit(Leak.LOCALE::leave)
            .get(30, TimeUnit.SECONDS);
      }
      await().atMost(LONG).until(() -> !records.isEmpty());
    } finally {
      logger.removeHandler(handler);
      logger.setUseParentHandlers(true);
    }
    assertThat(records).hasSize(1);
    assertThat(records.getFirst().getLevel()).isEqualTo(Level.WARNING);
    String text =
        java.text.MessageFormat.format(
            records.getFirst().getMessage(), records.getFirst().getParameters());
    assertThat(text).contains("page 0").contains("default locale").contains("eo");
  }

  @Test
  void withSeveralThreadsAWorkerIsLookedAfterWhenTheLastTaskHasEnded() throws Exception {
    Mark end = Mark.in(folder, "end");
    Mark started = Mark.in(folder, "started");
    try (var pool = ProcessPool.builder().workers(1).threadsPerWorker(2).build()) {
      TaskFuture<Boolean> longOne =
          pool.submit(
              () -> {
                Leak.LOCALE.leave();
                started.set();
                end.await();
                return Leak.LOCALE.isThere();
              });
      started.await();
      for (int i = 0; i < 20; i++) {
        pool.submit(() -> 1).get(30, TimeUnit.SECONDS);
      }
      end.set();
      assertThat(longOne.get(30, TimeUnit.SECONDS)).isTrue();
      assertThat(pool.submit(Leak.LOCALE::isThere).get(30, TimeUnit.SECONDS)).isFalse();
    }
  }

  @Test
  void recyclingForLeaksLosesNoTask() {
    try (var pool =
        ProcessPool.builder().workers(2).leaks(LeakPolicy.RECYCLE).tasksPerWorker(7).build()) {
      List<TaskFuture<Integer>> tasks = new ArrayList<>();
      for (int i = 0; i < 60; i++) {
        int number = i;
        tasks.add(
            pool.submit(
                () -> {
                  if (number % 20 == 3) {
                    Leak.TIME_ZONE.leave();
                  }
                  return number;
                }));
      }
      for (int i = 0; i < 60; i++) {
        assertThat(tasks.get(i).join()).isEqualTo(i);
      }
    }
  }

  @Test
  void settingsThatMakeNoSenseAreRefused() {
    var builder = ProcessPool.builder();
    assertThatIllegalArgumentException().isThrownBy(() -> builder.maxLeftThreads(-1));
    assertThatIllegalArgumentException().isThrownBy(() -> builder.maxRetainedHeap("0"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.maxRetainedHeap("much"))
        .withMessageContaining("maxRetainedHeap");
    assertThatIllegalArgumentException().isThrownBy(() -> builder.spares(-1));
    assertThatIllegalArgumentException().isThrownBy(() -> builder.minWorkers(-1));
    assertThatIllegalArgumentException().isThrownBy(() -> builder.maxLifetime(Duration.ZERO));
  }
}
