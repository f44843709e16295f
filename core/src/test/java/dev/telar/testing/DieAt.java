package dev.telar.testing;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/// Kills the process at a labelled step of the shared objects: `telar.faults` names this class,
/// `telar.test.dieAt` the label, and `telar.test.dieAfter` how often the step goes well before.
public final class DieAt implements Consumer<String> {
  private final String label = System.getProperty("telar.test.dieAt", "");
  private final AtomicInteger left =
      new AtomicInteger(Integer.getInteger("telar.test.dieAfter", 0));

  /// Options of a JVM that dies when it comes to a step for the first time.
  public static String[] options(String label) {
    return new String[] {"-Dtelar.faults=" + DieAt.class.getName(), "-Dtelar.test.dieAt=" + label};
  }

  @Override
  public void accept(String reached) {
    if (reached.equals(label) && left.getAndDecrement() == 0) {
      Fault.KILL.strike();
    }
  }
}
