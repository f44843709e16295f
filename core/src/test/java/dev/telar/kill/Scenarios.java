package dev.telar.kill;

import java.util.List;
import java.util.stream.Stream;

/// All scenarios.
final class Scenarios {
  private Scenarios() {}

  static List<Scenario> all() {
    return Stream.of(
            ArenaScenarios.ALL,
            ValueScenarios.ALL,
            LockScenarios.ALL,
            ConditionScenarios.ALL,
            SyncScenarios.ALL,
            BarrierScenarios.ALL,
            QueueScenarios.ALL,
            PipeScenarios.ALL,
            ReferenceScenarios.ALL,
            SegmentScenarios.ALL,
            MemoryScenarios.ALL)
        .flatMap(List::stream)
        .toList();
  }
}
