package dev.telar.internal.process;

import static java.lang.System.Logger.Level.DEBUG;
import static java.lang.System.Logger.Level.WARNING;

import dev.telar.LeakPolicy;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Tells what tasks have left behind in their workers: each kind of thing once, so that a task that
/// is run a million times does not fill the log.
final class LeakLog {

  private static final System.Logger LOG = System.getLogger("dev.telar.leaks");
  private static final int MOST_KINDS = 1000;

  private final System.Logger.Level level;
  private final Set<String> told = ConcurrentHashMap.newKeySet();

  LeakLog(LeakPolicy policy) {
    this.level = policy.compareTo(LeakPolicy.WARN) >= 0 ? WARNING : DEBUG;
  }

  void tell(String task, Object worker, List<String> found) {
    for (String what : found) {
      String kind = what.replaceAll("\\d+", "#");
      boolean first = told.size() < MOST_KINDS && told.add(kind);
      LOG.log(first ? level : DEBUG, "{0} leaves behind in {1}: {2}", task, worker, what);
    }
  }
}
