package dev.telar.benchmarks;

import java.util.Locale;

/// What the figures of a row are: how rounds become them, which are better, how they are shown.
enum Unit {
  /// The time of one operation, in nanoseconds.
  TIME(false),
  /// Operations in a second.
  RATE(true),
  /// Memory.
  BYTES(false),
  /// How many times something that the row names.
  FACTOR(false);

  private final boolean moreIsBetter;

  Unit(boolean moreIsBetter) {
    this.moreIsBetter = moreIsBetter;
  }

  /// The figure of a row.
  ///
  /// @param median of what the rounds returned: nanoseconds, bytes or a factor
  /// @return the figure in this unit
  double figure(double median) {
    return this == RATE ? 1e9 / median : median;
  }

  boolean meets(double figure, double goal) {
    return moreIsBetter ? figure >= goal : figure <= goal;
  }

  /// How many times worse than it was.
  ///
  /// @param now a figure or a ratio in this unit
  /// @param then the same at another time
  /// @return over 1 if it is worse now
  double decline(double now, double then) {
    return moreIsBetter ? then / now : now / then;
  }

  String goal(String shown) {
    return (moreIsBetter ? ">= " : "<= ") + shown;
  }

  /// A figure in the multiple of this unit that keeps it short.
  ///
  /// @param figure the figure
  /// @return such as `48.2 us`, `3.1 M/s`, `24.9 MB`, `1.04 x`
  String show(double figure) {
    return switch (this) {
      case TIME -> scaled(figure, 1_000, "ns", "us", "ms", "s");
      case RATE -> scaled(figure, 1_000, "/s", "k/s", "M/s", "G/s");
      case BYTES -> scaled(figure, 1_000, "B", "kB", "MB", "GB");
      case FACTOR -> String.format(Locale.ROOT, "%.2f x", figure);
    };
  }

  private static String scaled(double figure, double step, String... names) {
    int i = 0;
    double rest = figure;
    while (Math.abs(rest) >= step && i < names.length - 1) {
      rest /= step;
      i++;
    }
    return String.format(Locale.ROOT, "%.1f %s", rest, names[i]);
  }
}
