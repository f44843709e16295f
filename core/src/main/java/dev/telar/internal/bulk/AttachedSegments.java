package dev.telar.internal.bulk;

import dev.telar.internal.codec.BulkLoan;
import dev.telar.internal.codec.BulkSource;
import dev.telar.internal.codec.Input;
import dev.telar.internal.codec.Output;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/// The files of the other side, as they are mapped here.
///
/// A worker reads what its parent has lent to a job until that has ended, which the parent knows. A
/// parent gives back what a worker has lent as soon as it was read, or is not wanted: the list of
/// loans goes ahead of the values ([#write], [#receive]), so that files are mapped before a dead
/// worker's are deleted.
public final class AttachedSegments implements BulkSource, Trimmer.Trimmable {

  private final Path directory;
  private final String prefix;
  private final boolean giveBack;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<Integer, SegmentFile> files = new HashMap<>();
  private boolean ended;

  /// The files of a sender; none is mapped yet.
  ///
  /// @param directory where they are
  /// @param prefix what their names begin with
  /// @param giveBack whether a value is read only once
  AttachedSegments(Path directory, String prefix, boolean giveBack) {
    this.directory = directory;
    this.prefix = prefix;
    this.giveBack = giveBack;
  }

  /// What a worker reads of its parent's.
  ///
  /// @param socket that it is connected to
  public static AttachedSegments ofParent(Path socket) {
    return new AttachedSegments(FileNames.directory(socket), FileNames.PARENT, false);
  }

  /// What a parent reads of a worker's.
  ///
  /// @param socket that the worker connects to
  public static AttachedSegments ofWorker(Path socket) {
    return new AttachedSegments(FileNames.directory(socket), FileNames.ofWorker(socket), true);
  }

  /// Writes the list of the loans of some outputs.
  public static void write(Output header, Output... parts) {
    int count = 0;
    for (Output part : parts) {
      count += part.loans().size();
    }
    header.writeSize(count);
    for (Output part : parts) {
      for (BulkLoan loan : part.loans()) {
        header.writeInt(loan.segment());
        header.writeLong(loan.number());
      }
    }
  }

  /// Reads such a list and maps the files.
  public Borrowed receive(Input header) throws IOException {
    int count = header.readSize();
    if (count == 0) {
      return Borrowed.NOTHING;
    }
    List<Loan> loans = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int segment = header.readInt();
      long number = header.readLong();
      try {
        loans.add(new Loan(file(segment), number));
      } catch (IOException e) {
        // whoever reads the value will try again, and be told
      }
    }
    return new Borrowed(() -> loans.forEach(loan -> giveBack(loan.file(), loan.number())));
  }

  @Override
  public <T> T read(int segment, long loan, long bytes, Reader<T> reader) throws IOException {
    SegmentFile file = file(segment);
    try {
      if (bytes < 0 || bytes > file.capacity()) {
        throw new IOException(
            "a value of " + bytes + " bytes in " + file.path() + " of " + file.capacity());
      }
      check(file, loan);
      T value = reader.read(file.value(bytes));
      check(file, loan);
      if (giveBack) {
        giveBack(file, loan);
      }
      return value;
    } catch (IllegalStateException e) {
      throw new IOException(file.path() + " is not shared any more", e);
    }
  }

  private static void check(SegmentFile file, long loan) throws IOException {
    if (file.word() != loan) {
      throw new IOException(
          "a large value is gone: its sender has given up the task that it belongs to");
    }
  }

  private SegmentFile file(int segment) throws IOException {
    SegmentFile file;
    lock.lock();
    try {
      file = files.get(segment);
      if (file != null) {
        return file;
      }
      file = SegmentFile.attach(segment, directory.resolve(prefix + segment));
      files.put(segment, file);
    } finally {
      lock.unlock();
    }
    Trimmer.watch(this);
    return file;
  }

  private void giveBack(SegmentFile file, long loan) {
    file.giveBack(loan);
    boolean unmap;
    lock.lock();
    try {
      unmap = ended;
    } finally {
      lock.unlock();
    }
    if (unmap) {
      trim();
    }
  }

  private record Loan(SegmentFile file, long number) {}

  /// Unmaps what the sender has retired.
  @Override
  public boolean trim() {
    lock.lock();
    try {
      files.values().removeIf(this::unmapIfUseless);
      return !ended && !files.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  private boolean unmapIfUseless(SegmentFile file) {
    long word = file.word();
    boolean useless = word < 0 || (ended && word == 0);
    if (useless) {
      file.unmap();
    }
    return useless;
  }

  /// The sender is dead: deletes its files, and unmaps them as soon as they have been read.
  public void senderDied() {
    lock.lock();
    try {
      ended = true;
    } finally {
      lock.unlock();
    }
    Trimmer.forget(this);
    trim();
    try (var left = Files.newDirectoryStream(directory, prefix + "*")) {
      for (Path file : left) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      // goes with the directory
    }
  }
}
