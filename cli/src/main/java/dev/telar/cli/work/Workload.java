package dev.telar.cli.work;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// A real job that `telar compare` can run on every engine, and `telar NAME` on one: one class
/// each, listed in the registry of the command line.
///
/// An implementation may carry picocli annotations (`@Parameters`, `@Option`) for input and options
/// of its own; they are filled in before anything but [#name()] and [#summary()] is called.
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

  /// Sets up what has to be there before [#job(int)]; called in the JVM of the command only.
  ///
  /// @return what is to be closed at the end
  /// @throws IOException if that fails
  default Support support() throws IOException {
    return Support.NONE;
  }

  /// Where the JVMs that run this workload find classes, behind the command's own class path.
  ///
  /// @return jars and folders
  /// @throws InputException if one does not exist
  default List<Path> classPath() throws InputException {
    return List.of();
  }

  /// The N that is taken without `-n`.
  ///
  /// @return 1 or more
  default int defaultN() {
    return Runtime.getRuntime().availableProcessors();
  }

  /// How many warm runs a comparison makes without `--repeat`.
  ///
  /// @return 1 or more
  default int defaultRepeat() {
    return 3;
  }

  /// What N means in each mode.
  ///
  /// @param n as given, or the default
  /// @return how much runs at once
  default Lanes lanes(int n) {
    return Lanes.of(n);
  }

  /// The mode in which the job runs on its own if none is asked for.
  ///
  /// @return the one that suits it
  default Mode usual() {
    return Mode.THREADS;
  }

  /// What a comparison of this work teaches, if it was made to teach something.
  ///
  /// @return a sentence or two, or nothing
  default String lesson() {
    return "";
  }

  /// What it means if two modes do not find the same.
  ///
  /// @return the end of a sentence
  default String whyAnswersDiffer() {
    return "this is a defect, please report it";
  }
}
