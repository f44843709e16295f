package dev.telar.internal.wire;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.telar.TaskProgress;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/// A small piece of memory that a parent and one worker share.
///
/// ```
///   0    magic, version
///   8    shutdown mark        how the worker's JVM came to end, written by its shutdown hook
///   16   stdout, stderr bytes written by the worker's Java streams
///   32   out of memory        whether the worker had no memory left and is of no use any more
///   64   times                decoding, computing, encoding; and how many tasks were run
///   128  entry 0: claim (8)  started (8)  item (8)  –  progress: done (8) total (8) when (8)  –
///   192  entry 1 …            one for each job that is in the worker's hands
/// ```
///
/// **Claims.** A job is sent before the worker is ready for it, so parent and worker must agree who
/// has it. The claim word of its entry holds the job's number and a state:
///
/// ```
///            ┌─ worker CAS ─▶ RUNNING      it is started; if the worker dies, it is to blame
///   SENT ────┤                     └─ worker ─▶ DONE   it has ended by itself, its result is on its way
///            └─ parent CAS ─▶ free         taken back: another worker idles, cancel, shutdown
/// ```
///
/// The number makes an entry that was taken back and used again safe: a worker that comes upon the
/// old frame finds another number and skips it. Frames may be lost in a dying worker; the page
/// survives it.
public final class StatusPage {

  /// How many jobs a worker can have in its hands.
  public static final int ENTRIES = 512;

  private static final int MAGIC = 0x54454c41;
  private static final int VERSION = 4;
  private static final long MARK = 8;
  private static final long COUNTERS = 16;
  private static final long OUT_OF_MEMORY = 32;
  private static final long DECODING = 64;
  private static final long COMPUTING = 72;
  private static final long ENCODING = 80;
  private static final long TASKS = 88;
  private static final long FIRST = 128;
  private static final long ENTRY = 64;
  private static final long STARTED = 8;
  private static final long ITEM = 16;
  private static final long DONE = 32;
  private static final long TOTAL = 40;
  private static final long REPORTED = 48;
  private static final long SIZE = FIRST + ENTRIES * ENTRY;
  private static final long SENT = 1;
  private static final long RUNNING = 2;
  private static final long DONE_RUNNING = 3;
  private static final VarHandle LONG = JAVA_LONG.varHandle();
  private static final VarHandle INT = JAVA_INT.varHandle();

  private final MemorySegment segment;

  private StatusPage(MemorySegment segment) {
    this.segment = segment;
  }

  /// The parent makes the page.
  ///
  /// @throws IOException also if there is no space left: the zeros are really written, because
  ///   mapping past the end of a full tmpfs succeeds and faults later
  public static StatusPage create(Path file) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE_NEW,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE)) {
      var zeros = ByteBuffer.allocate((int) SIZE);
      while (zeros.hasRemaining()) {
        channel.write(zeros);
      }
      var page = new StatusPage(map(channel));
      page.segment.set(JAVA_INT, 0, MAGIC);
      page.segment.set(JAVA_INT, 4, VERSION);
      return page;
    }
  }

  /// The worker opens the page.
  ///
  /// @throws IOException if it is not a page of ours
  public static StatusPage open(Path file) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      if (channel.size() != SIZE) {
        throw new ProtocolException(file + " is not a status page");
      }
      var page = new StatusPage(map(channel));
      if (page.segment.get(JAVA_INT, 0) != MAGIC || page.segment.get(JAVA_INT, 4) != VERSION) {
        throw new ProtocolException(file + " is not a status page of version " + VERSION);
      }
      return page;
    }
  }

  private static MemorySegment map(FileChannel channel) throws IOException {
    return channel.map(FileChannel.MapMode.READ_WRITE, 0, SIZE, Arena.ofAuto());
  }

  private static long at(int entry) {
    return FIRST + entry * ENTRY;
  }

  // The parent's side.

  /// The job is about to be sent.
  public void send(int entry, long job) {
    LONG.setOpaque(segment, at(entry) + STARTED, 0L);
    LONG.setOpaque(segment, at(entry) + ITEM, 0L);
    LONG.setOpaque(segment, at(entry) + REPORTED, 0L);
    LONG.setVolatile(segment, at(entry), job << 2 | SENT);
  }

  /// Takes a job back that was not started.
  ///
  /// @return whether the worker will not start it
  public boolean takeBack(int entry, long job) {
    return LONG.compareAndSet(segment, at(entry), job << 2 | SENT, 0L);
  }

  /// Whether the job was started, and its result was not read yet.
  public boolean isRunning(int entry, long job) {
    return ((long) LONG.getVolatile(segment, at(entry)) | 1) == (job << 2 | DONE_RUNNING);
  }

  /// Whether the job that was started has ended by itself: nothing of the user's runs in it any
  /// more, and the worker may be about to claim the next one.
  public boolean isDone(int entry, long job) {
    return (long) LONG.getVolatile(segment, at(entry)) == (job << 2 | DONE_RUNNING);
  }

  /// When the job, or its current item, was started.
  ///
  /// @return [System#nanoTime()], a clock that all processes of a machine share; or 0
  public long startedNanos(int entry, long job) {
    return isRunning(entry, job) ? (long) LONG.getOpaque(segment, at(entry) + STARTED) : 0;
  }

  /// When the job last reported how far it is.
  ///
  /// @return [System#nanoTime()], or 0 if it has not, or does not run
  public long reportedNanos(int entry, long job) {
    return isRunning(entry, job) ? (long) LONG.getAcquire(segment, at(entry) + REPORTED) : 0;
  }

  /// How far the job is, as it last reported; null if it has not, or does not run.
  public @Nullable TaskProgress progress(int entry, long job) {
    return reportedNanos(entry, job) == 0
        ? null
        : new TaskProgress(
            (long) LONG.getOpaque(segment, at(entry) + DONE),
            (long) LONG.getOpaque(segment, at(entry) + TOTAL));
  }

  /// Whether the worker said that it had no memory left.
  public boolean outOfMemory() {
    return (int) INT.getVolatile(segment, OUT_OF_MEMORY) != 0;
  }

  /// Whether the job was started and waits for something that does not count as its time.
  public boolean isPreparing(int entry, long job) {
    return isRunning(entry, job) && (long) LONG.getOpaque(segment, at(entry) + STARTED) == 0;
  }

  /// Which item of a chunk runs now. Asked for the same item before and after it, [#startedNanos]
  /// is not from before the start of that item.
  public int item(int entry) {
    return (int) (long) LONG.getAcquire(segment, at(entry) + ITEM);
  }

  /// How the worker's JVM came to end.
  public int shutdownMark() {
    return (int) INT.getVolatile(segment, MARK);
  }

  /// Bytes that the worker's Java streams have written to standard output.
  public long outBytes() {
    return (long) LONG.getVolatile(segment, COUNTERS);
  }

  /// Bytes that the worker's Java streams have written to standard error.
  public long errBytes() {
    return (long) LONG.getVolatile(segment, COUNTERS + Long.BYTES);
  }

  /// How long the worker has read tasks and arguments.
  public long decodingNanos() {
    return (long) LONG.getOpaque(segment, DECODING);
  }

  /// How long the worker has run tasks.
  public long computingNanos() {
    return (long) LONG.getOpaque(segment, COMPUTING);
  }

  /// How long the worker has written results.
  public long encodingNanos() {
    return (long) LONG.getOpaque(segment, ENCODING);
  }

  /// How many tasks the worker has run.
  public long tasksDone() {
    return (long) LONG.getVolatile(segment, TASKS);
  }

  // The worker's side.

  /// Some tasks have been run, which took so long.
  public void addTimes(long decoding, long computing, long encoding, long tasks) {
    LONG.getAndAdd(segment, DECODING, decoding);
    LONG.getAndAdd(segment, COMPUTING, computing);
    LONG.getAndAdd(segment, ENCODING, encoding);
    LONG.getAndAdd(segment, TASKS, tasks);
  }

  /// Claims a job in order to start it.
  ///
  /// @return false if the parent took it back
  public boolean claim(int entry, long job) {
    if (!LONG.compareAndSet(segment, at(entry), job << 2 | SENT, job << 2 | RUNNING)) {
      return false;
    }
    started(entry);
    return true;
  }

  /// A job that was claimed has ended; its result is written next.
  public void done(int entry, long job) {
    LONG.setRelease(segment, at(entry), job << 2 | DONE_RUNNING);
  }

  /// The next item of a chunk with a time limit starts now.
  public void started(int entry) {
    LONG.setOpaque(segment, at(entry) + STARTED, System.nanoTime());
  }

  /// A job that was claimed has to wait for something that does not count: its time has not begun.
  public void notStarted(int entry) {
    LONG.setOpaque(segment, at(entry) + STARTED, 0L);
  }

  /// An item of a chunk starts now: after [#started(int)].
  public void item(int entry, int item) {
    LONG.setRelease(segment, at(entry) + ITEM, (long) item);
  }

  /// The running job tells how far it is.
  public void progress(int entry, long done, long total) {
    LONG.setOpaque(segment, at(entry) + DONE, done);
    LONG.setOpaque(segment, at(entry) + TOTAL, total);
    LONG.setRelease(segment, at(entry) + REPORTED, System.nanoTime());
  }

  /// The worker has no memory left. Allocates nothing.
  public void markOutOfMemory() {
    INT.setVolatile(segment, OUT_OF_MEMORY, 1);
  }

  /// Leaves the mark of the shutdown hook.
  public void shutdownMark(int mark) {
    INT.setVolatile(segment, MARK, mark);
  }

  /// The two counters of bytes written.
  public MemorySegment counters() {
    return segment.asSlice(COUNTERS, 2 * Long.BYTES);
  }
}
