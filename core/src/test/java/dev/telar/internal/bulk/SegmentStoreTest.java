package dev.telar.internal.bulk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.telar.internal.codec.BulkLoan;
import dev.telar.internal.codec.Input;
import dev.telar.internal.codec.Output;
import dev.telar.internal.system.RuntimeDirectory;
import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Who has a file when, and when it goes.
class SegmentStoreTest {
  private static final long MIB = 1 << 20;

  private final RuntimeDirectory runtime = RuntimeDirectory.acquire();
  private Path directory;
  private SegmentStore store;
  private AttachedSegments reader;

  @BeforeEach
  void open() throws IOException {
    directory = Files.createDirectory(runtime.file("test"));
    store = new SegmentStore(directory, "w1-b", 8 * MIB);
    reader = new AttachedSegments(directory, "w1-b", true);
  }

  @AfterEach
  void close() {
    store.close();
    reader.senderDied();
    runtime.release();
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.toList();
    }
  }

  private BulkLoan borrow(long bytes) {
    return Objects.requireNonNull(store.borrow(bytes));
  }

  private byte read(BulkLoan loan) throws IOException {
    return reader.read(
        loan.segment(),
        loan.number(),
        loan.memory().byteSize(),
        memory -> memory.get(ValueLayout.JAVA_BYTE, memory.byteSize() - 1));
  }

  private static void fill(BulkLoan loan, int value) {
    loan.memory().fill((byte) value);
  }

  @Test
  void anInterruptedThreadBorrowsToo() {
    Thread.currentThread().interrupt();
    BulkLoan loan = store.borrow(MIB);
    assertThat(Thread.interrupted()).isTrue();
    assertThat(loan).isNotNull();
  }

  @Test
  void whatIsGivenBackIsLentAgain() throws IOException {
    BulkLoan first = borrow(MIB);
    first.release();
    BulkLoan second = borrow(MIB - 1000);
    assertThat(second.segment()).isEqualTo(first.segment());
    assertThat(second.number()).isNotEqualTo(first.number());
    assertThat(files()).hasSize(1);
  }

  @Test
  void whatIsLentIsNotLentTwice() throws IOException {
    BulkLoan first = borrow(MIB);
    BulkLoan second = borrow(MIB);
    fill(first, 1);
    fill(second, 2);
    assertThat(read(first)).isEqualTo((byte) 1);
    assertThat(read(second)).isEqualTo((byte) 2);
  }

  @Test
  void aReaderWhoReadsOnceGivesItBack() throws IOException {
    BulkLoan loan = borrow(MIB);
    fill(loan, 1);
    assertThat(read(loan)).isEqualTo((byte) 1);
    assertThat(borrow(MIB).segment()).isEqualTo(loan.segment());
  }

  @Test
  void aLateReaderIsToldAndReadsNothingOfTheNextLoan() throws IOException {
    BulkLoan first = borrow(MIB);
    first.release();
    BulkLoan second = borrow(MIB);
    fill(second, 2);
    assertThatThrownBy(() -> read(first)).isInstanceOf(IOException.class);
    assertThat(read(second)).isEqualTo((byte) 2);
  }

  @Test
  void aValueThatIsLentAgainWhileItIsReadIsNotBelieved() {
    BulkLoan first = borrow(MIB);
    assertThatThrownBy(
            () ->
                reader.read(
                    first.segment(),
                    first.number(),
                    MIB,
                    memory -> {
                      first.release();
                      fill(borrow(MIB), 3);
                      return "torn";
                    }))
        .isInstanceOf(IOException.class);
  }

  @Test
  void aLoanThatIsForgottenComesBack() {
    int segment = borrow(MIB).segment();
    await()
        .atMost(Duration.ofSeconds(20))
        .until(
            () -> {
              System.gc();
              BulkLoan next = borrow(MIB);
              boolean again = next.segment() == segment;
              next.release();
              return again;
            });
  }

  @Test
  void aLoanThatIsHandedOverIsTheReadersToGiveBack() throws Exception {
    BulkLoan loan = borrow(MIB);
    fill(loan, 6);
    int segment = loan.segment();
    long number = loan.number();
    loan.handOver();
    loan.release();
    var forgotten = new WeakReference<>(loan);
    loan = null;
    await()
        .until(
            () -> {
              System.gc();
              return forgotten.refersTo(null);
            });
    assertThat(borrow(MIB).segment()).isNotEqualTo(segment);
    assertThat(
            reader.<Byte>read(segment, number, MIB, memory -> memory.get(ValueLayout.JAVA_BYTE, 0)))
        .isEqualTo((byte) 6);
    assertThat(borrow(MIB).segment()).isEqualTo(segment);
  }

  @Test
  void thereIsNeverMoreThanTheBudget() {
    var loans = new ArrayList<BulkLoan>();
    for (BulkLoan loan; (loan = store.borrow(MIB)) != null; ) {
      loans.add(loan);
    }
    assertThat(loans).hasSize(8);
    assertThat(store.bytes()).isEqualTo(8 * MIB);
    loans.forEach(BulkLoan::release);
    assertThat(store.borrow(8 * MIB)).as("in place of those that are free").isNotNull();
    assertThat(store.bytes()).isEqualTo(8 * MIB);
    assertThat(store.borrow(9 * MIB)).isNull();
  }

  @Test
  void idleFilesAreDeletedAndUnmappedOnBothSides() throws IOException {
    BulkLoan idle = borrow(MIB);
    BulkLoan used = borrow(MIB);
    fill(used, 1);
    assertThat(read(idle)).isZero();
    assertThat(store.trim()).isTrue();
    assertThat(files()).hasSize(2);
    assertThat(store.trim()).isTrue();
    assertThat(files()).hasSize(1);
    assertThat(read(used)).isEqualTo((byte) 1);
    assertThat(reader.trim()).as("one is still mapped").isTrue();
    assertThat(mappings()).isEqualTo(2);
    store.trim();
    assertThat(store.trim()).isFalse();
    assertThat(reader.trim()).isFalse();
    assertThat(mappings()).isZero();
  }

  private long mappings() throws IOException {
    try (Stream<String> maps = Files.lines(Path.of("/proc/self/maps"))) {
      return maps.filter(line -> line.contains(directory.toString())).count();
    }
  }

  @Test
  void whatWasReceivedBeforeTheSendersDeathCanBeReadAfterIt() throws IOException {
    BulkLoan loan = borrow(MIB);
    fill(loan, 5);
    var out = new Output();
    out.writeSize(1);
    out.writeInt(loan.segment());
    out.writeLong(loan.number());
    Borrowed borrowed = reader.receive(Input.of(out.toByteArray()));
    reader.senderDied();
    assertThat(files()).isEmpty();
    assertThat(read(loan)).isEqualTo((byte) 5);
    borrowed.release();
    assertThat(reader.trim()).isFalse();
  }

  @Test
  void aClosedStoreLendsNothingAndDeletesAll() throws IOException {
    BulkLoan free = borrow(MIB);
    BulkLoan lent = borrow(MIB);
    free.release();
    store.close();
    assertThat(files()).isEmpty();
    assertThat(store.borrow(MIB)).isNull();
    fill(lent, 1); // whoever is still writing must not fail
    lent.release();
    assertThat(mappings()).isZero();
    lent.release();
  }

  @Test
  void aFileThatIsNotOursIsRefused() throws IOException {
    Files.writeString(directory.resolve("w1-b900"), "short");
    Files.write(directory.resolve("w1-b901"), new byte[8192]);
    assertThatThrownBy(() -> reader.read(900, 1, 1, memory -> 1)).hasMessageContaining("too short");
    assertThatThrownBy(() -> reader.read(901, 1, 1, memory -> 1)).hasMessageContaining("version");
    assertThatThrownBy(() -> reader.read(902, 1, 1, memory -> 1)).isInstanceOf(IOException.class);
    BulkLoan loan = borrow(MIB);
    for (long bytes : List.of(-1L, 100 * MIB)) {
      assertThatThrownBy(() -> reader.read(loan.segment(), loan.number(), bytes, memory -> 1))
          .isInstanceOf(IOException.class);
    }
  }

  @Test
  void aDirectoryThatIsGoneMeansThatThereIsNoMemory() throws IOException {
    Files.delete(directory);
    assertThat(store.borrow(MIB)).isNull();
    assertThat(store.bytes()).isZero();
  }

  @Test
  void memoryThatTheMachineOrTheContainerHasNotLeftIsNotTaken() throws IOException {
    assertThat(MemoryFileSystem.hasRoom(directory, 20 * MIB, () -> 40 * MIB)).isTrue();
    assertThat(MemoryFileSystem.hasRoom(directory, 20 * MIB, () -> 39 * MIB)).isFalse();
    assertThat(MemoryFileSystem.hasRoom(directory, MIB, () -> 0)).as("too small to ask").isTrue();
  }

  @Test
  void manyThreadsNeverShareALoan() throws Exception {
    var wrong = new AtomicLong();
    try (var threads = Executors.newFixedThreadPool(8)) {
      for (int t = 0; t < 8; t++) {
        byte mark = (byte) (t + 1);
        threads.submit(
            () -> {
              for (int i = 0; i < 300; i++) {
                BulkLoan loan = store.borrow(MIB / 2 + i * 1000L);
                if (loan != null) {
                  fill(loan, mark);
                  if (read(loan) != mark) {
                    wrong.incrementAndGet();
                  }
                  loan.release();
                }
              }
              return null;
            });
      }
    }
    assertThat(wrong).hasValue(0);
    assertThat(store.bytes()).isLessThanOrEqualTo(8 * MIB);
  }
}
