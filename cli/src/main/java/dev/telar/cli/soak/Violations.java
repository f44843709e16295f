package dev.telar.cli.soak;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// What should not have happened. Thread-safe.
final class Violations {

  /// Kinds of it.
  enum Kind {
    LOST,
    DUPLICATED,
    WRONG,
    STUCK,
    LEFT,
    GROWN
  }

  private static final int LISTED_OF_EACH = 5;

  private final Map<Kind, Integer> counts = new EnumMap<>(Kind.class);
  private final List<String> first = new ArrayList<>();

  synchronized void add(Kind kind, String what) {
    if (counts.merge(kind, 1, Integer::sum) <= LISTED_OF_EACH) {
      first.add(kind.name().toLowerCase(Locale.ROOT) + ": " + what);
    }
  }

  synchronized int count(Kind kind) {
    return counts.getOrDefault(kind, 0);
  }

  synchronized boolean none() {
    return counts.isEmpty();
  }

  /// The first of each kind, a line each.
  synchronized List<String> first() {
    return List.copyOf(first);
  }
}
