package dev.telar.internal.bulk;

import static java.lang.System.Logger.Level.DEBUG;

import dev.telar.internal.codec.BulkLoan;
import dev.telar.internal.codec.BulkSink;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.ref.Cleaner;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The files in which this side sends large values: made when needed, used again, deleted when they
/// have idled for some seconds.
///
/// A fresh file is dear (its pages are cleared and mapped one by one, ten times the cost of filling
/// it), hence the reuse. There are never more bytes than the heap may have, nor more than half of
/// what is left on the file system at the time; beyond that, or if there is no file system in
/// memory, [#borrow] says so and the value goes through the socket.
public final class SegmentStore implements BulkSink, Trimmer.Trimmable, AutoCloseable {

  private static final System.Logger LOG = System.getLogger(SegmentStore.class.getName());
  private static final AtomicInteger IDS = new AtomicInteger();
  private static final int MOST_FILES = 256;
  private static final long GRAIN = 1 << 16;
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(5);

  private final Path directory;
  private final String prefix;
  private final long budget;
  private final ReentrantLock lock = new ReentrantLock();
  private final List<SegmentFile> files = new ArrayList<>();
  private final Set<SegmentFile> idle = new HashSet<>();
  private long bytes;
  private int making;
  private long loans;
  private boolean closed;
  private boolean refused;
  private long refusedAt;

  private SegmentStore(Path directory, String prefix) {
    this(directory, prefix, Runtime.getRuntime().maxMemory());
  }

  /// Where a parent puts what it sends to any of its workers.
  public static SegmentStore ofParent(Path directory) {
    return new SegmentStore(directory, FileNames.PARENT);
  }

  /// Where a worker puts what it sends to its parent.
  ///
  /// @param socket that it is connected to
  public static SegmentStore ofWorker(Path socket) {
    return new SegmentStore(FileNames.directory(socket), FileNames.ofWorker(socket));
  }

  SegmentStore(Path directory, String prefix, long budget) {
    this.directory = directory;
    this.prefix = prefix;
    this.budget = budget;
  }

  @Override
  public @Nullable BulkLoan borrow(long size) {
    SegmentFile file;
    long loan;
    long capacity = capacityFor(size);
    lock.lock();
    try {
      if (closed) {
        return null;
      }
      loan = ++loans;
      file = lendFree(size, loan);
      if (file == null && !makeRoom(capacity)) {
        return null;
      }
    } finally {
      lock.unlock();
    }
    SegmentFile lent = file == null ? make(capacity, loan) : file;
    return lent == null ? null : new Loan(this, lent, loan, size);
  }

  /// Four sizes between one power of two and the next: at most a fifth is never used.
  private static long capacityFor(long size) {
    long step = Math.max(GRAIN, Long.highestOneBit(size) / 4);
    return (size + step - 1) / step * step;
  }

  /// Lends the smallest of those that are large enough, and not many times too large.
  private @Nullable SegmentFile lendFree(long size, long loan) {
    SegmentFile best = null;
    for (SegmentFile each : files) {
      if (each.capacity() >= size
          && each.capacity() / 4 <= size
          && (best == null || each.capacity() < best.capacity())
          && each.word() == 0) {
        best = each;
      }
    }
    if (best == null || !best.lend(loan)) {
      return null;
    }
    idle.remove(best);
    return best;
  }

  /// Reserves room for one more file, if need be in place of others that are free.
  private boolean makeRoom(long capacity) {
    if (capacity > budget
        || (refused && System.nanoTime() - refusedAt < PATIENCE_NANOS)
        || files.size() + making >= MOST_FILES) {
      return false;
    }
    for (SegmentFile each : List.copyOf(files)) {
      if (bytes + capacity <= budget) {
        break;
      }
      retire(each);
    }
    if (bytes + capacity > budget) {
      return false;
    }
    bytes += capacity;
    making++;
    return true;
  }

  private @Nullable SegmentFile make(long capacity, long loan) {
    SegmentFile made = null;
    try {
      if (MemoryFileSystem.hasRoom(directory, capacity)) {
        int id = IDS.incrementAndGet();
        made = SegmentFile.create(id, directory.resolve(prefix + id), capacity, loan);
      }
    } catch (IOException | OutOfMemoryError e) {
      LOG.log(DEBUG, "large values go through the socket: {0}", e);
    } finally {
      lock.lock();
      try {
        making--;
        if (made == null) {
          bytes -= capacity;
          refused = true;
          refusedAt = System.nanoTime();
        } else {
          files.add(made);
        }
      } finally {
        lock.unlock();
      }
    }
    if (made != null) {
      Trimmer.watch(this);
    }
    return made;
  }

  private boolean retire(SegmentFile file) {
    try {
      if (!file.retire()) {
        return false;
      }
    } catch (IOException e) {
      LOG.log(DEBUG, "left behind: {0}", e); // goes with its directory
    }
    files.remove(file);
    idle.remove(file);
    bytes -= file.capacity();
    return true;
  }

  private void giveBack(SegmentFile file, long loan) {
    file.giveBack(loan);
    lock.lock();
    try {
      if (closed && files.contains(file)) {
        retire(file);
      }
    } finally {
      lock.unlock();
    }
  }

  /// Deletes what has not been lent since the last call.
  @Override
  public boolean trim() {
    lock.lock();
    try {
      for (SegmentFile file : List.copyOf(files)) {
        if (file.word() == 0 && !idle.add(file)) {
          retire(file);
        }
      }
      return !closed && !files.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  /// How many bytes the files have.
  public long bytes() {
    lock.lock();
    try {
      return bytes;
    } finally {
      lock.unlock();
    }
  }

  /// Deletes all files. Those that are lent stay mapped here until they are given back.
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      for (SegmentFile file : List.copyOf(files)) {
        if (!retire(file)) {
          Files.deleteIfExists(file.path());
        }
      }
      Trimmer.forget(this);
    } catch (IOException e) {
      LOG.log(DEBUG, "left behind: {0}", e);
    } finally {
      lock.unlock();
    }
  }

  private static final class Loan implements BulkLoan {
    private final SegmentFile file;
    private final long number;
    private final long size;
    private final GiveBack giveBack;
    private final Cleaner.Cleanable end;

    Loan(SegmentStore store, SegmentFile file, long number, long size) {
      this.file = file;
      this.number = number;
      this.size = size;
      this.giveBack = new GiveBack(store, file, number);
      this.end = Garbage.CLEANER.register(this, giveBack);
    }

    @Override
    public MemorySegment memory() {
      return file.value(size);
    }

    @Override
    public int segment() {
      return file.id();
    }

    @Override
    public long number() {
      return number;
    }

    @Override
    public void release() {
      end.clean();
    }

    @Override
    public void handOver() {
      giveBack.handedOver = true;
      end.clean();
    }
  }

  /// What is done when a loan is released or garbage: refers to all but the loan itself.
  private static final class GiveBack implements Runnable {
    private final SegmentStore store;
    private final SegmentFile file;
    private final long number;
    private volatile boolean handedOver;

    GiveBack(SegmentStore store, SegmentFile file, long number) {
      this.store = store;
      this.file = file;
      this.number = number;
    }

    @Override
    public void run() {
      if (!handedOver) {
        store.giveBack(file, number);
      }
    }
  }
}
