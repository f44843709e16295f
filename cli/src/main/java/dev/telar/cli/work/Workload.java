package dev.telar.cli.work;

/// A real job that `telar compare` can run on every engine: one class each, listed in the registry
/// of the command line.
///
/// An implementation may carry picocli annotations (`@Parameters`, `@Option`) for input and options
/// of its own; they are filled in before [#job(int)] is called.
public interface Workload {

  /// The word behind `telar compare`.
  ///
  /// @return the name, in lower case
  String name();

  /// What the job does, for the help text.
  ///
  /// @return one line
  String summary();

  /// Looks at the input and cuts the work into items. The same input and parallelism give the same
  /// items in every JVM.
  ///
  /// @param parallelism how many items will run at once on the engines that have a bound
  /// @return the job
  /// @throws InputException if the input cannot be used
  Job<?, ?> job(int parallelism) throws InputException;
}
