package dev.telar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.telar.testing.Compilation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// No call that compiles on `ExecutorService` becomes ambiguous on a pool.
///
/// `CallShapes.java.txt` holds a line for each shape of call, those included that `ExecutorService`
/// itself refuses: the lines in error on a pool must be a part of those.
class CompilesOnExecutorServiceTest {

  private static String shapes = "";
  private static Set<Long> refusedByExecutorService = Set.of();

  @BeforeAll
  static void compileOnExecutorService() throws IOException {
    try (var in = CompilesOnExecutorServiceTest.class.getResourceAsStream("CallShapes.java.txt")) {
      shapes = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
    refusedByExecutorService = errors("java.util.concurrent.ExecutorService").keySet();
  }

  @Test
  void theShapesAreMostlyLegalOnExecutorService() {
    assertThat(shapes.lines().filter(line -> line.contains("pool.")).count()).isGreaterThan(130);
    // new ArrayList<>(…)::… and other inexact references: what javac itself calls ambiguous
    assertThat(refusedByExecutorService).hasSizeLessThan(20);
  }

  @ParameterizedTest
  @ValueSource(strings = {"dev.telar.Pool", "dev.telar.ThreadPool", "dev.telar.ProcessPool"})
  void whatCompilesOnExecutorServiceCompilesOn(String type) {
    Map<Long, String> errors = errors(type);
    errors.keySet().removeAll(refusedByExecutorService);
    List<String> lines = shapes.lines().toList();
    assertThat(
            errors.entrySet().stream()
                .map(e -> lines.get((int) (e.getKey() - 1)).strip() + "  // " + e.getValue()))
        .isEmpty();
  }

  /// What a pool takes beyond `ExecutorService`.
  @Test
  void actionsMayThrowCheckedExceptions() {
    String source =
        """
        import dev.telar.*;
        import java.io.IOException;
        class Beyond {
          static void act() throws IOException {}
          static void overloaded() throws IOException {}
          static void overloaded(int i) throws IOException {}
          void beyond(Pool pool, ProcessPool processes) throws Exception {
            pool.submit(() -> Thread.sleep(1));
            pool.submit(() -> act());
            pool.submit(Beyond::act);
            pool.submit(() -> { act(); });
            pool.submit(() -> { if (pool == null) { throw new IOException(); } });
            pool.execute(() -> act());
            pool.execute(Beyond::act);
            pool.execute(Beyond::overloaded);
            pool.execute(() -> { throw new IOException(); });
            TaskFuture<Integer> number = pool.submit(() -> 1);
            TaskFuture<Void> nothing = pool.submit(() -> {});
            TaskFuture<String> given = pool.submit(Action.of(Beyond::act), "x");
            Task<Integer> task = () -> 1;
            Action action = () -> {};
            TaskFuture<Integer> taken = pool.submit(task);
            TaskFuture<Void> acted = pool.submit(action);
            pool.execute(action);
            pool.invokeAll(java.util.List.of(Task.of(() -> 1), Task.of(() -> 2)));
            ProcessPool view = processes.with(TaskOptions.defaults());
            java.util.List<Integer> ints = pool.map(x -> x * x, java.util.List.of(1, 2, 3));
            java.util.List<Integer> lengths = pool.map(String::length, java.util.List.of("a"));
            java.util.List<Integer> sums = pool.map(Integer::sum, java.util.List.of(1), java.util.List.of(2));
            java.util.List<Integer> more = pool.starmap(Integer::sum, java.util.List.of(Pair.of(1, 2)));
            java.util.List<Integer> three = pool.starmap((a, b, c) -> a + b + c, java.util.List.of(Triple.of(1, 2, 3)));
            java.util.List<Object> upper = pool.map(x -> x, java.util.List.of("a"));
            int total = pool.stream((Integer x) -> x + 1, java.util.List.of(1)).mapToInt(x -> x).sum();
            java.util.List<Integer> gathered =
                java.util.stream.Stream.of("a").gather(pool.mapping((String s) -> s.length())).toList();
            java.util.List<Integer> referred =
                java.util.stream.Stream.of("a").gather(pool.mapping(String::length)).toList();
          }
        }
        """;
    assertThat(Compilation.of("Beyond", source).errors()).isEmpty();
  }

  private static Map<Long, String> errors(String type) {
    return Compilation.of("CallShapes", shapes.replace("EXECUTOR", type)).errors().stream()
        .collect(
            Collectors.toMap(
                d -> d.getLineNumber(), d -> d.getMessage(null), (a, b) -> a, LinkedHashMap::new));
  }
}
