package dev.telar.benchmarks;

import static dev.telar.benchmarks.SharedContender.natively;
import static dev.telar.benchmarks.SharedContender.parked;

import java.util.List;
import java.util.function.Supplier;

/// The rows of shared objects. Native access is on, in this JVM and in the workers, where a row
/// does not say `parked`.
final class SharedRows {
  private static final List<Placement> ANY = List.of(Placement.ANY);
  private static final List<Placement> PINNED = List.of(Placement.ONE, Placement.TWO);

  static final List<Row> ALL =
      List.of(
          python(
              "shared-lock",
              "lock and unlock, uncontended",
              "multiprocessing.Lock",
              new Goal(0.7, 25),
              ANY,
              true,
              () -> natively(SharedRounds.lock()),
              "lock"),
          python(
              "shared-lock-parked",
              "lock and unlock, uncontended, without native access",
              "multiprocessing.Lock",
              new Goal(0.7, 25),
              ANY,
              false,
              () -> parked(SharedRounds.lock()),
              "lock"),
          python(
              "shared-contended",
              "a section under a lock that two processes want",
              "multiprocessing.Lock",
              Goal.nanos(100),
              ANY,
              true,
              () -> natively(SharedRounds.contended()),
              "contended"),
          python(
              "shared-value",
              "add 1 to a shared long",
              "multiprocessing.Value",
              Goal.nanos(12),
              ANY,
              true,
              () -> natively(SharedRounds.value()),
              "value"),
          python(
              "shared-value-parked",
              "add 1 to a shared long, without native access",
              "multiprocessing.Value",
              Goal.nanos(12),
              ANY,
              false,
              () -> parked(SharedRounds.value()),
              "value"),
          python(
              "shared-queue",
              "a small record, from one process to another through a queue",
              "multiprocessing.Queue",
              new Goal(0.05, 1e9 / 3_000_000),
              ANY,
              true,
              () -> natively(SharedTransfers.queue()),
              "queue"),
          python(
              "shared-pipe",
              "64 bytes there and back over a pipe between two processes",
              "multiprocessing.Pipe",
              Goal.ratio(1.0),
              PINNED,
              true,
              () -> natively(SharedTransfers.pipe()),
              "pipe"),
          python(
              "shared-large",
              "a double[] of 64 MiB handed to a task",
              "multiprocessing.Pipe",
              Goal.nanos(10e6),
              ANY,
              true,
              () -> natively(SharedTransfers.largeArgument()),
              "array"),
          python(
              "shared-array",
              "64 MiB of doubles handed to a task as a SharedArray",
              "multiprocessing.Pipe",
              Goal.nanos(1e6),
              ANY,
              true,
              () -> natively(SharedTransfers.array()),
              "array"),
          alone(
              "shared-recovery",
              "the holder of a lock is killed, the next has it: 99 of 100",
              true),
          alone(
              "shared-recovery-parked",
              "the holder of a lock is killed, the next has it: 99 of 100, without native access",
              false));

  private SharedRows() {}

  private static Row python(
      String name,
      String what,
      String peer,
      Goal goal,
      List<Placement> placements,
      boolean nativeAccess,
      Supplier<Contender> ours,
      String job) {
    return new Row(
        name,
        what,
        peer,
        true,
        goal,
        placements,
        nativeAccess,
        ours,
        () -> new PythonContender(job));
  }

  private static Row alone(String name, String what, boolean nativeAccess) {
    return new Row(
        name, what, "-", false, Goal.nanos(50e6), ANY, nativeAccess, RecoveryContender::new, null);
  }
}
