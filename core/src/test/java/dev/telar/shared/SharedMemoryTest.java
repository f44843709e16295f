package dev.telar.shared;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.telar.Pool;
import dev.telar.ProcessPool;
import dev.telar.testing.DieAt;
import dev.telar.testing.Fault;
import dev.telar.testing.JavaProgram;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SharedMemoryTest {
  private static final AtomicInteger NUMBERS = new AtomicInteger();

  private final String name =
      "test-" + ProcessHandle.current().pid() + "." + NUMBERS.incrementAndGet();

  @AfterEach
  void unlink() {
    SharedMemory.unlink(name);
  }

  private static Path folder() throws IOException {
    return Path.of("/dev/shm/telar-" + Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
  }

  private Path file() throws IOException {
    return folder().resolve("m-" + name);
  }

  /// Adds one to the memory of a name, and says what was there.
  public static final class Adder {
    public static void main(String[] args) {
      try (var memory = SharedMemory.attach(args[0])) {
        MemorySegment numbers = memory.asSegment();
        long before = numbers.get(ValueLayout.JAVA_LONG, memory.size() - 8);
        numbers.set(ValueLayout.JAVA_LONG, memory.size() - 8, before + 1);
        System.out.println(before);
      }
      if (args.length > 1) {
        Fault.KILL.strike();
      }
    }
  }

  @Test
  void programsThatWereStartedApartShareIt() {
    try (var memory = SharedMemory.create(name, 1 << 16)) {
      MemorySegment numbers = memory.asSegment();
      assertThat(numbers.byteSize()).isEqualTo(1 << 16).isEqualTo(memory.size());
      assertThat(numbers.mismatch(MemorySegment.ofArray(new byte[1 << 16]))).isEqualTo(-1);
      numbers.set(ValueLayout.JAVA_LONG, (1 << 16) - 8, 41);
      try (var other = JavaProgram.start(Adder.class, name)) {
        JavaProgram.Outcome outcome = other.await();
        assertThat(outcome.out()).isEqualTo("41\n");
        assertThat(outcome.err()).as("nothing on the console of a user").isEmpty();
      }
      assertThat(numbers.get(ValueLayout.JAVA_LONG, (1 << 16) - 8)).isEqualTo(42);
    }
  }

  @Test
  void environmentsThatDifferLeadToTheSamePlace() {
    try (var memory = SharedMemory.create(name, 8);
        var other =
            JavaProgram.start(
                List.of(), List.of("XDG_RUNTIME_DIR=/tmp"), Adder.class, memory.name())) {
      assertThat(other.await().out()).isEqualTo("0\n");
      assertThat(memory.asSegment().get(ValueLayout.JAVA_LONG, 0)).isOne();
    }
  }

  @Test
  void itOutlivesWhoeverUsesItUntilItIsUnlinked() {
    SharedMemory.create(name, 8).close();
    try (var killed = JavaProgram.start(Adder.class, name, "and die")) {
      killed.await();
    }
    var memory = SharedMemory.attach(name);
    assertThat(memory.asSegment().get(ValueLayout.JAVA_LONG, 0)).isOne();
    assertThat(SharedMemory.unlink(name)).isTrue();
    assertThat(SharedMemory.unlink(name)).isFalse();
    assertThat(memory.asSegment().get(ValueLayout.JAVA_LONG, 0)).as("who has it keeps it").isOne();
    assertThatThrownBy(() -> SharedMemory.attach(name))
        .isInstanceOf(SharedMemoryException.class)
        .hasMessageContaining(name)
        .hasMessageContaining("no program of this user")
        .hasCauseInstanceOf(NoSuchFileException.class);
    SharedMemory.create(name, 16).close();
    memory.close();
  }

  @Test
  void aNameIsGivenOnce() {
    try (var _ = SharedMemory.create(name, 8);
        var pool = Pool.threads(4)) {
      assertThatThrownBy(() -> SharedMemory.create(name, 8))
          .isInstanceOf(SharedMemoryException.class)
          .hasMessageContaining("attach it, or unlink it first")
          .hasCauseInstanceOf(FileAlreadyExistsException.class);
      SharedMemory.unlink(name);
      String shared = name;
      long made =
          pool.map(n -> tryToCreate(shared), IntStream.range(0, 20).boxed().toList()).stream()
              .filter(each -> each)
              .count();
      assertThat(made).isOne();
    }
  }

  private static boolean tryToCreate(String name) {
    try {
      SharedMemory.create(name, 100_000).close();
      return true;
    } catch (SharedMemoryException e) {
      return false;
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/",
        "a/b",
        "..",
        "../x",
        "a..b",
        ".hidden",
        "-x",
        "a b",
        "ñ",
        "a\u0000b",
        "a\nb",
        "a\\b"
      })
  void whatIsNoNameIsRefused(String bad) {
    for (Runnable use :
        List.<Runnable>of(
            () -> SharedMemory.create(bad, 8),
            () -> SharedMemory.attach(bad),
            () -> SharedMemory.unlink(bad))) {
      assertThatThrownBy(use::run)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("is no name for shared memory");
    }
  }

  @Test
  void aNameHasAtMost64Characters() {
    assertThatThrownBy(() -> SharedMemory.attach("x".repeat(65)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(SharedMemory.unlink("x".repeat(64))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(longs = {0, -1, Long.MAX_VALUE})
  void whatIsNoSizeIsRefused(long size) {
    assertThatThrownBy(() -> SharedMemory.create(name, size))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void moreThanThereIsIsRefusedAtOnceAndLeavesNothing() throws IOException {
    assertThatThrownBy(() -> SharedMemory.create(name, 1L << 46))
        .isInstanceOf(SharedMemoryException.class)
        .hasMessageContaining("free");
    assertThat(halfMade(ProcessHandle.current().pid())).isEmpty();
    SharedMemory.create(name, 8).close();
  }

  @Test
  void itIsPrivate() throws IOException {
    SharedMemory.create(name, 8).close();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
        .isEqualTo("rw-------");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file().getParent())))
        .isEqualTo("rwx------");
  }

  private void write(int at, byte... bytes) throws IOException {
    try (FileChannel channel = FileChannel.open(file(), StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.wrap(bytes), at);
    }
  }

  @Test
  void aFileThatIsNotOursIsRefused() throws IOException {
    SharedMemory.create(name, 8).close();
    write(3, (byte) 99);
    assertThatThrownBy(() -> SharedMemory.attach(name))
        .isInstanceOf(SharedMemoryException.class)
        .hasMessageContaining("not shared memory of Telar's");
    assertThat(SharedMemory.unlink(name)).as("it can be removed").isTrue();
  }

  @Test
  void aFileOfAnotherVersionIsRefused() throws IOException {
    SharedMemory.create(name, 8).close();
    write(8, (byte) 7, (byte) 0, (byte) 0, (byte) 0);
    assertThatThrownBy(() -> SharedMemory.attach(name))
        .isInstanceOf(SharedMemoryException.class)
        .hasMessageContaining("version 7")
        .hasMessageContaining("version 1");
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 100, 4096, 4100})
  void aTruncatedFileIsRefused(long left) throws IOException {
    SharedMemory.create(name, 4096).close();
    try (FileChannel channel = FileChannel.open(file(), StandardOpenOption.WRITE)) {
      channel.truncate(left);
    }
    assertThatThrownBy(() -> SharedMemory.attach(name))
        .isInstanceOf(SharedMemoryException.class)
        .hasMessageContaining("truncated");
  }

  @Test
  void aLinkOrAFolderInItsPlaceIsRefused() throws IOException {
    SharedMemory.create(name, 8).close();
    Path file = file();
    Path target = Files.move(file, file.resolveSibling("elsewhere-" + name));
    Files.createSymbolicLink(file, target);
    assertThatThrownBy(() -> SharedMemory.attach(name))
        .isInstanceOf(SharedMemoryException.class)
        .hasMessageContaining("not a regular file");
    assertThatThrownBy(() -> SharedMemory.create(name, 8))
        .isInstanceOf(SharedMemoryException.class);
    Files.delete(file);
    Files.delete(target);
    Files.createDirectory(file);
    assertThatThrownBy(() -> SharedMemory.attach(name))
        .isInstanceOf(SharedMemoryException.class)
        .hasMessageContaining("not a regular file");
  }

  @Test
  void afterCloseNothingHereUsesItAndItCanBeAttachedAgain() {
    var memory = SharedMemory.create(name, 8);
    MemorySegment numbers = memory.asSegment();
    numbers.set(ValueLayout.JAVA_LONG, 0, 7);
    memory.close();
    memory.close();
    assertThat(memory.isOpen()).isFalse();
    assertThatThrownBy(memory::asSegment)
        .isInstanceOf(SharedClosedException.class)
        .hasMessageContaining(name);
    assertThatThrownBy(() -> numbers.get(ValueLayout.JAVA_LONG, 0))
        .isInstanceOf(IllegalStateException.class);
    try (var again = SharedMemory.attach(name)) {
      assertThat(again.asSegment().get(ValueLayout.JAVA_LONG, 0)).isEqualTo(7);
    }
  }

  @Test
  void aTaskThatCapturesItGetsTheSameMemory() throws Exception {
    try (var memory = SharedMemory.create(name, 8 << 20);
        var pool = Pool.processes(1)) {
      for (int i = 0; i < 3; i++) {
        pool.submit(
                () -> {
                  MemorySegment numbers = memory.asSegment();
                  numbers.set(ValueLayout.JAVA_LONG, 0, numbers.get(ValueLayout.JAVA_LONG, 0) + 1);
                })
            .get(30, SECONDS);
      }
      assertThat(memory.asSegment().get(ValueLayout.JAVA_LONG, 0)).isEqualTo(3);
      assertThat(pool.submit(() -> mappings(memory.name())).get(30, SECONDS))
          .as("mapped once in a worker")
          .isOne();

      SharedMemory.unlink(name);
      SharedMemory.create(name, 8).close();
      try (var fresh = Pool.processes(1)) {
        assertThatThrownBy(() -> fresh.submit(memory::size).get(30, SECONDS))
            .hasStackTraceContaining("another one made");
      }
    }
  }

  @Test
  void aTaskThatClosesItClosesItForNoOtherTask() throws Exception {
    try (var memory = SharedMemory.create(name, 8);
        var shared = Shared.open();
        var pool = ProcessPool.builder().workers(1).threadsPerWorker(2).build()) {
      SharedBarrier barrier = shared.barrier(2);
      var other =
          pool.submit(
              () -> {
                barrier.await(); // both have it
                barrier.await(); // and one has closed it
                memory.asSegment().set(ValueLayout.JAVA_LONG, 0, 5);
                return memory.isOpen();
              });
      pool.submit(
              () -> {
                barrier.await();
                try (memory) {
                  memory.asSegment().set(ValueLayout.JAVA_LONG, 0, 3);
                }
                barrier.await();
              })
          .get(30, SECONDS);
      assertThat(other.get(30, SECONDS)).isTrue();
      assertThat(memory.asSegment().get(ValueLayout.JAVA_LONG, 0)).isEqualTo(5);
    }
  }

  private static long mappings(String name) throws IOException {
    try (Stream<String> maps = Files.lines(Path.of("/proc/self/maps"))) {
      return maps.filter(line -> line.endsWith("m-" + name)).count();
    }
  }

  /// Makes memory, and is killed on the way.
  public static final class Maker {
    public static void main(String[] args) {
      SharedMemory.create(args[0], 1 << 16).close();
      System.out.println("made");
    }
  }

  @Test
  void ofAMakerThatIsKilledNothingIsFoundAndNothingIsLeft() throws IOException {
    long maker = dieAt("memory.filled");
    assertThat(halfMade(maker)) // another program may have swept it
        .hasSizeLessThanOrEqualTo(1);
    assertThatThrownBy(() -> SharedMemory.attach(name)).isInstanceOf(SharedMemoryException.class);
    SharedMemory.create(name, 8).close();
    assertThat(halfMade(maker)).isEmpty();
  }

  @Test
  void memoryOfAMakerThatIsKilledRightAfterIsWhole() throws IOException {
    dieAt("memory.published");
    try (var memory = SharedMemory.attach(name)) {
      assertThat(memory.size()).isEqualTo(1 << 16);
    }
  }

  private long dieAt(String label) {
    try (var maker =
        JavaProgram.start(List.of(DieAt.options(label)), List.of(), Maker.class, name)) {
      long pid = maker.pid();
      assertThat(maker.await().out()).isEmpty();
      await().until(() -> ProcessHandle.of(pid).isEmpty());
      return pid;
    }
  }

  private static List<Path> halfMade(long maker) throws IOException {
    try (Stream<Path> files = Files.list(folder())) {
      String prefix = "new-" + maker + "-";
      return files.filter(file -> file.getFileName().toString().startsWith(prefix)).toList();
    }
  }
}
