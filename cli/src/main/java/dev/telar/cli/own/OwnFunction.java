package dev.telar.cli.own;

import dev.telar.TaskFunction;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Calls the user's task, and keeps what it throws.
///
/// @param task the user's task
record OwnFunction(TaskFunction<String, Object> task) implements TaskFunction<Line, Result> {

  @Override
  public Result apply(Line line) throws InterruptedException {
    try {
      return new Result(line.index(), line.text(), text(task.apply(line.text())), "");
    } catch (InterruptedException e) {
      throw e;
    } catch (Exception | AssertionError | LinkageError | StackOverflowError e) {
      return new Result(line.index(), line.text(), "", reason(e));
    }
  }

  private static String reason(Throwable thrown) {
    return thrown.toString().lines().findFirst().orElse(thrown.getClass().getName());
  }

  /// Arrays by their elements, for their own text differs from JVM to JVM.
  private static String text(@Nullable Object value) {
    if (value != null && value.getClass().isArray()) {
      String text = Arrays.deepToString(new Object[] {value});
      return text.substring(1, text.length() - 1);
    }
    return String.valueOf(value);
  }
}
