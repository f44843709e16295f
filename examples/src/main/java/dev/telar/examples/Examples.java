package dev.telar.examples;

import java.util.List;
import java.util.Optional;

/// All examples, in the order in which a newcomer would read them.
public final class Examples {

  private static final List<Example> ALL =
      List.of(
          new Example(
              "two-tasks-in-sequence",
              "Two tasks, one after the other: where everything starts.",
              TwoTasksInSequence::main),
          new Example(
              "two-tasks-on-threads",
              "The same two tasks at the same time, on two threads.",
              TwoTasksOnThreads::main),
          new Example(
              "two-tasks-in-processes",
              "The same two tasks in two processes, each with a pid of its own.",
              TwoTasksInProcesses::main),
          new Example(
              "one-thread",
              "The smallest of all: start a thread, do something else, join it.",
              OneThread::main),
          new Example("one-process", "The same in a process.", OneProcess::main),
          new Example(
              "three-threads-stepping",
              "Three threads take five steps each, side by side.",
              ThreeThreadsStepping::main),
          new Example(
              "three-processes-stepping",
              "Three processes take five steps each, and print as one program.",
              ThreeProcessesStepping::main),
          new Example(
              "square-over-a-pool",
              "Squares six numbers over a pool of four processes.",
              SquareOverAPool::main),
          new Example(
              "starmap-of-add",
              "A function of two arguments over a list of pairs.",
              StarmapOfAdd::main),
          new Example(
              "factorials-of-large-numbers",
              "Factorials with thousands of digits, on four processes.",
              FactorialsOfLargeNumbers::main),
          new Example(
              "submit-and-result",
              "Submits one task, does something else, then asks for the result.",
              SubmitAndResult::main),
          new Example(
              "map-on-threads", "The same map as on processes, on threads.", MapOnThreads::main),
          new Example(
              "as-completed-and-wait",
              "Takes results as they come; waits for all, for one, for a failure.",
              AsCompletedAndWait::main),
          new Example(
              "pages-in-sequence",
              "Fetches four pages, one after the other.",
              PagesInSequence::main),
          new Example(
              "pages-on-threads", "Fetches four pages on four threads.", PagesOnThreads::main),
          new Example(
              "pages-in-processes",
              "Fetches four pages in four processes.",
              PagesInProcesses::main),
          new Example(
              "threads-inside-processes",
              "Two processes with four threads each: eight tasks at once.",
              ThreadsInsideProcesses::main),
          new Example(
              "greeting-through-a-queue",
              "A process waits at a queue for what the parent puts into it.",
              GreetingThroughAQueue::main),
          new Example(
              "producer-and-consumer",
              "One process puts numbers into a queue, another takes them, until its end.",
              ProducerAndConsumer::main),
          new Example(
              "partial-sums-through-a-queue",
              "Three processes sum a range each; the parent adds up.",
              PartialSumsThroughAQueue::main),
          new Example(
              "words-through-a-queue",
              "One process reads the words of a file, another counts them.",
              WordsThroughAQueue::main),
          new Example(
              "ping-pong-over-a-pipe",
              "The parent and a process answer each other over a pipe.",
              PingPongOverAPipe::main),
          new Example(
              "counter-under-a-lock",
              "A counter that is wrong without a lock, on threads and in processes.",
              CounterUnderALock::main),
          new Example(
              "array-filled-by-four-workers",
              "Four processes fill one array, which none of them is sent.",
              ArrayFilledByFourWorkers::main),
          new Example(
              "two-programs-over-a-socket",
              "Two programs started apart talk over a socket.",
              TwoProgramsOverASocket::main),
          new Example(
              "kill-a-hung-task",
              "Ends a task that loops for ever and hears no interrupt.",
              KillAHungTask::main),
          new Example(
              "survive-a-crash",
              "A task takes its whole JVM down; the program and the pool go on.",
              SurviveACrash::main),
          new Example(
              "parse-documents",
              "Apache Tika over sound and broken files, each limited in time and memory.",
              ParseDocuments::main),
          new Example(
              "no-guard-needed",
              "Why there is no if __name__ == \"__main__\": endless spawning is refused.",
              NoGuardNeeded::main));

  private Examples() {}

  /// All examples.
  ///
  /// @return the examples, simplest first
  public static List<Example> all() {
    return ALL;
  }

  /// Looks an example up.
  ///
  /// @param name its name in kebab-case
  /// @return the example, or empty if there is none of that name
  public static Optional<Example> named(String name) {
    return ALL.stream().filter(example -> example.name().equals(name)).findFirst();
  }
}
