package dev.telar.cli.own;

import dev.telar.TaskFunction;
import dev.telar.cli.work.InputException;
import dev.telar.cli.work.Job;
import dev.telar.cli.work.Total;
import java.util.List;

/// A task of the user's own for each line.
///
/// @param input what is told of it
/// @param items the lines
/// @param task the user's class
record OwnJob(String input, List<Line> items, TaskClass task) implements Job<Line, Result> {

  /// Makes the task, in the JVM that runs it only.
  @Override
  public TaskFunction<Line, Result> function() throws InputException {
    return new OwnFunction(task.newTask());
  }

  @Override
  public boolean containsFailures() {
    return true;
  }

  @Override
  public Result failed(Line line, String reason) {
    return new Result(line.index(), line.text(), "", reason);
  }

  @Override
  public Total<Result> newTotal() {
    return new OwnTotal();
  }
}
