package dev.telar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.telar.testing.Engine;
import dev.telar.testing.Mark;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// What holds for every pool, whatever its engine: subclasses run once for each.
///
/// Tasks capture [Mark]s and other values, never the test itself, which cannot travel.
@ParameterizedClass(name = "{0}")
@EnumSource(Engine.class)
abstract class PoolContract {

  private static @Nullable Engine sharedEngine;
  private static @Nullable Pool shared;

  @Parameter Engine engine;
  @TempDir Path folder;

  private final List<Pool> opened = new ArrayList<>();

  /// A pool that all tests of a class share; they leave it open and idle.
  final Pool pool() {
    synchronized (PoolContract.class) {
      if (shared == null || sharedEngine != engine) {
        closeShared();
        shared = engine.open();
        sharedEngine = engine;
      }
      return Objects.requireNonNull(shared);
    }
  }

  /// A pool of this test alone, stopped after it.
  final Pool open() {
    return closeLater(engine.open());
  }

  /// Stops a pool after this test.
  final <P extends Pool> P closeLater(P pool) {
    opened.add(pool);
    return pool;
  }

  final Mark mark(String name) {
    return Mark.in(folder, name);
  }

  /// Fills every slot of a pool with tasks that end when the mark is set.
  final List<TaskFuture<@Nullable Void>> occupy(Pool pool, Mark end) throws InterruptedException {
    var tasks = new ArrayList<TaskFuture<@Nullable Void>>();
    for (int i = 0; i < engine.parallelism(); i++) {
      Mark started = mark("occupied-" + System.nanoTime() + "-" + i);
      tasks.add(
          pool.submit(
              () -> {
                started.set();
                end.await();
              }));
      started.await();
    }
    return tasks;
  }

  /// What a call failed with, out of its [ExecutionException].
  static Throwable failure(Callable<?> call) {
    try {
      Object value = call.call();
      throw new AssertionError("no failure but " + value);
    } catch (ExecutionException | java.util.concurrent.CompletionException e) {
      assertThat(e.getCause()).isNotNull();
      return Objects.requireNonNull(e.getCause());
    } catch (Exception e) {
      return e;
    }
  }

  @AfterEach
  void stopPools() {
    opened.forEach(Pool::shutdownNow);
    opened.forEach(Pool::close);
  }

  @AfterAll
  static void closeShared() {
    synchronized (PoolContract.class) {
      if (shared != null) {
        shared.close();
        shared = null;
      }
    }
  }
}
