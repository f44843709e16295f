package dev.telar.benchmarks;

import static dev.telar.benchmarks.SharedContender.natively;
import static dev.telar.benchmarks.SharedContender.parked;

import java.util.List;
import java.util.function.Supplier;

/// The rows of shared objects. Native access is on, in this JVM and in the workers, where a row
/// does not say `parked`.
final class SharedRows {
  private static final double RECOVERED_NANOS = 50e6;

  static final List<Row> ALL =
      List.of(
          python(
                  "shared-lock",
                  "lock and unlock, uncontended",
                  25,
                  0.7,
                  "multiprocessing.Lock",
                  "lock",
                  () -> natively(SharedRounds.lock()))
              .withNativeAccess(),
          python(
              "shared-lock-parked",
              "lock and unlock, uncontended, without native access",
              25,
              0.7,
              "multiprocessing.Lock",
              "lock",
              () -> parked(SharedRounds.lock())),
          python(
                  "shared-contended",
                  "a section under a lock that two processes want",
                  100,
                  Double.NaN,
                  "multiprocessing.Lock",
                  "contended",
                  () -> natively(SharedRounds.contended()))
              .withNativeAccess(),
          python(
                  "shared-value",
                  "add 1 to a shared long",
                  12,
                  Double.NaN,
                  "multiprocessing.Value",
                  "value",
                  () -> natively(SharedRounds.value()))
              .withNativeAccess(),
          python(
              "shared-value-parked",
              "add 1 to a shared long, without native access",
              12,
              Double.NaN,
              "multiprocessing.Value",
              "value",
              () -> parked(SharedRounds.value())),
          python(
                  "shared-queue",
                  "a small record, from one process to another through a queue",
                  1e9 / 3_000_000,
                  0.05,
                  "multiprocessing.Queue",
                  "queue",
                  () -> natively(SharedTransfers.queue()))
              .withNativeAccess(),
          python(
                  "shared-pipe",
                  "64 bytes there and back over a pipe between two processes",
                  Double.NaN,
                  1.0,
                  "multiprocessing.Pipe",
                  "pipe",
                  () -> natively(SharedTransfers.pipe()))
              .withNativeAccess()
              .pinned(),
          python(
                  "shared-large",
                  "a double[] of 64 MiB handed to a task",
                  10e6,
                  Double.NaN,
                  "multiprocessing.Pipe",
                  "array",
                  () -> natively(SharedTransfers.largeArgument()))
              .withNativeAccess(),
          python(
                  "shared-array",
                  "64 MiB of doubles handed to a task as a SharedArray",
                  1e6,
                  Double.NaN,
                  "multiprocessing.Pipe",
                  "array",
                  () -> natively(SharedTransfers.array()))
              .withNativeAccess(),
          recovery(
                  "shared-recovery",
                  "the holder of a lock is killed, the next has it: 99 of 100",
                  Recovery::ofLock)
              .withNativeAccess(),
          recovery(
              "shared-recovery-parked",
              "the holder of a lock is killed, the next has it: 99 of 100, without native access",
              Recovery::ofLock),
          recovery(
                  "shared-recovery-queue",
                  "a process that is putting is killed, the next has put: 99 of 100",
                  Recovery::ofQueue)
              .withNativeAccess(),
          recovery(
              "shared-recovery-queue-parked",
              "a process that is putting is killed, the next has put: 99 of 100, without native"
                  + " access",
              Recovery::ofQueue));

  private SharedRows() {}

  /// Figures of ours and ratios to Python's are times.
  private static Row python(
      String name,
      String what,
      double goal,
      double ratio,
      String peer,
      String job,
      Supplier<Contender> ours) {
    return new Row(name, what, Unit.TIME, _ -> ours.get())
        .goal(goal)
        .against(ratio, peer, Tool.PYTHON, n -> PeerProcess.python(job, n));
  }

  private static Row recovery(String name, String what, Supplier<Contender> ours) {
    return new Row(name, what, Unit.TIME, _ -> ours.get()).goal(RECOVERED_NANOS);
  }
}
