package dev.telar.kill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.telar.internal.bulk.AttachedSegments;
import dev.telar.internal.bulk.SegmentStore;
import dev.telar.internal.codec.BulkLoan;
import dev.telar.internal.system.RuntimeDirectory;
import dev.telar.shared.Shared;
import dev.telar.shared.SharedLong;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/// Large values beside the messages: the victim sends them, as a worker does.
final class SegmentScenarios {
  static final List<Scenario> ALL =
      List.of(Scenario.alone("segments", (shared, _) -> new Lending(shared)));

  private static final int SIZE = 200_000;
  private static final byte MARK = 7;
  private static final AtomicInteger NUMBERS = new AtomicInteger();

  private SegmentScenarios() {}

  /// The victim lends memory again and again, and gives it back, deletes it, or dies.
  private static final class Lending extends Trial {
    private final RuntimeDirectory runtime = RuntimeDirectory.acquire();
    private final Path folder = makeFolder(runtime);
    private final Path socket = folder.resolve("w1.sock");
    private final SharedLong segment;
    private final SharedLong loan;

    /// 1 as soon as the first value is there whole, and told of: it is the survivors' from then on.
    private final SharedLong told;

    Lending(Shared shared) {
      segment = shared.longValue(0);
      loan = shared.longValue(0);
      told = shared.longValue(0);
    }

    record Lend(String socket, SharedLong segment, SharedLong loan, SharedLong told)
        implements Act {
      @Override
      public void run() {
        SegmentStore store = SegmentStore.ofWorker(Path.of(socket));
        BulkLoan sent = filled(store);
        segment.set(sent.segment());
        loan.set(sent.number());
        told.set(1);
        sent.handOver();
        for (int i = 0; i < 2; i++) {
          filled(store).release(); // in a file of its own, and in the same again
        }
        store.trim();
        store.trim(); // deletes what has idled since the first
        filled(store);
        store.close();
      }

      private static BulkLoan filled(SegmentStore store) {
        BulkLoan lent = Objects.requireNonNull(store.borrow(SIZE), "there is no room");
        lent.memory().fill(MARK);
        return lent;
      }
    }

    @Override
    Act act() {
      return new Lend(socket.toString(), segment, loan, told);
    }

    @Override
    void check(Survivors survivors, End end) throws Exception {
      try {
        var reader = AttachedSegments.ofWorker(socket);
        if (told.get() == 1 && !end.completed()) {
          reader.read((int) segment.get(), loan.get(), SIZE, Lending::checkWhole);
        }
        reader.senderDied();
        assertThat(list(folder)).as("files of the dead").isEmpty();
        assertThat(mappings(folder)).as("mapped files of the dead").isZero();
        Files.delete(folder);
      } finally {
        runtime.release();
      }
    }

    private static boolean checkWhole(MemorySegment memory) {
      byte[] expected = new byte[SIZE];
      Arrays.fill(expected, MARK);
      assertThat(memory.toArray(ValueLayout.JAVA_BYTE)).isEqualTo(expected);
      return true;
    }
  }

  private static Path makeFolder(RuntimeDirectory runtime) {
    try {
      return Files.createDirectory(runtime.file("kill-" + NUMBERS.incrementAndGet()));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static List<Path> list(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    }
  }

  private static long mappings(Path folder) throws IOException {
    try (Stream<String> maps = Files.lines(Path.of("/proc/self/maps"))) {
      return maps.filter(line -> line.contains(folder + "/")).count();
    }
  }
}
