package dev.telar.testing;

import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/// Holds a thread up at a labelled step of the shared objects, once, as if it were stopped there:
/// sets the mark `held` in a folder, and waits for the mark `go`. Kills the process at another step
/// later, if that is wanted ([DieAt]).
public final class HoldAt implements Consumer<String> {
  private final String label = System.getProperty("telar.test.holdAt", "");
  private final Path folder = Path.of(System.getProperty("telar.test.hold", "."));
  private final AtomicBoolean done = new AtomicBoolean();
  private final DieAt end = new DieAt();

  /// Options of a JVM that is held up at a step when it comes there for the first time, and dies at
  /// another.
  public static String[] options(Path folder, String label, String dieAt) {
    return new String[] {
      "-Dtelar.faults=" + HoldAt.class.getName(),
      "-Dtelar.test.hold=" + folder,
      "-Dtelar.test.holdAt=" + label,
      "-Dtelar.test.dieAt=" + dieAt
    };
  }

  /// Set when it stands there.
  public static Mark held(Path folder) {
    return Mark.in(folder, "held");
  }

  /// Lets it go on.
  public static Mark go(Path folder) {
    return Mark.in(folder, "go");
  }

  @Override
  public void accept(String reached) {
    if (reached.equals(label) && done.compareAndSet(false, true)) {
      held(folder).set();
      go(folder).awaitStubbornly();
    }
    end.accept(reached);
  }
}
