package dev.telar.internal.memory;

import dev.telar.internal.system.RuntimeDirectory;
import dev.telar.shared.SharedClosedException;
import dev.telar.shared.SharedMemoryException;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.ref.WeakReference;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Memory that processes share: a directory of mapped files, made by one process, its *creator*,
/// and attached by any number of others.
///
/// Only the creator allocates. The arena ends when the creator closes it or dies; from then on
/// [#checkOpen] throws everywhere and whoever waits is woken. What others have mapped stays mapped
/// there until nothing refers to it, so that nobody is killed for touching it.
///
/// ```
///   <runtime directory>/a3/arena    header, participants, small blocks
///                          f1 …     more small blocks, or one large block each
///                          b7 …     sockets: see Bells
/// ```
public final class SharedArena {
  private static final long FIRST_FILE = 256 << 10;
  private static final long NEXT_FILES = 1 << 20;
  private static final long LINE = 64;
  private static final String FIRST_NAME = "arena";
  private static final String FILE_NAME = "(a[0-9]+-)?l?f[0-9]+";
  private static final AtomicInteger NUMBERS = new AtomicInteger();
  private static final Attachments ATTACHMENTS = new Attachments();

  private final Path directory;
  private final ArenaHeader header;
  private final Participants participants;
  private final ParkingLot lot = new ParkingLot(this);
  private final Bells bells;
  private final String origin;
  private final long id;
  private final int creator;

  /// Files that stay mapped as long as the arena is known here.
  private final Map<String, MemorySegment> smallFiles = new ConcurrentHashMap<>();

  /// Files that hold one block each.
  private final Map<String, WeakReference<MemorySegment>> largeFiles = new ConcurrentHashMap<>();

  private final Map<BlockHandle, WeakReference<Object>> objects = new ConcurrentHashMap<>();

  private final ReentrantLock allocation = new ReentrantLock();
  private final @Nullable ArenaEnd end; // null where attached
  private String currentFile = FIRST_NAME;
  private long allocated = ArenaHeader.DATA;
  private int files;

  private SharedArena(
      Path directory,
      ArenaHeader header,
      MemorySegment first,
      Participants participants,
      int creator,
      BellLines lines,
      @Nullable ArenaEnd end) {
    this.bells = new Bells(this, lines);
    this.directory = directory;
    this.header = header;
    this.participants = participants;
    this.origin = header.origin();
    this.id = header.id();
    this.creator = creator;
    this.end = end;
    smallFiles.put(FIRST_NAME, first);
    if (!WaitMode.current().isNative()) {
      header.needSocketBells();
    }
  }

  /// Makes an arena of this process, to be closed by it.
  ///
  /// @param origin where in the program, for messages
  /// @throws SharedMemoryException if there is no space or place for it anywhere
  public static SharedArena create(String origin) {
    RuntimeDirectory runtime = ArenaStart.place();
    try {
      String name = "a" + NUMBERS.incrementAndGet();
      ArenaStart start = ArenaStart.make(runtime, name, FIRST_NAME, FIRST_FILE);
      Path directory = start.directory();
      MemorySegment first = start.first();
      long id = ThreadLocalRandom.current().nextLong();
      ArenaHeader header = ArenaHeader.create(first, id, origin);
      Participants participants = Participants.join(header.participants());
      header.publish(participants.self());
      var lines = new BellLines();
      var end = new ArenaEnd(header, directory, runtime, lines);
      int self = participants.self();
      var arena = new SharedArena(directory, header, first, participants, self, lines, end);
      ATTACHMENTS.own(id, arena);
      end.whenForgotten(arena);
      return arena;
    } catch (Throwable failed) {
      runtime.release();
      throw failed;
    }
  }

  /// The block of a handle, from whichever process it came.
  ///
  /// @throws SharedClosedException if its arena has ended
  /// @throws SharedMemoryException if what is there is not what the handle says
  public static Block attach(BlockHandle handle) {
    SharedArena arena = ATTACHMENTS.find(handle.arena());
    if (arena == null) {
      arena = ATTACHMENTS.attach(handle.arena(), () -> open(handle));
    }
    arena.checkAlive(handle.file());
    return arena.block(handle);
  }

  private static SharedArena open(BlockHandle handle) {
    Path directory = Path.of(handle.directory());
    try {
      MemorySegment first = ArenaFile.open(directory.resolve(FIRST_NAME), ArenaHeader.DATA);
      ArenaHeader header = ArenaHeader.open(first);
      if (header.id() != handle.arena()) {
        throw gone(directory); // another arena under the same name
      }
      Participants participants = Participants.join(header.participants());
      return new SharedArena(
          directory, header, first, participants, header.creator(), new BellLines(), null);
    } catch (NoSuchFileException e) {
      throw gone(directory);
    } catch (IOException e) {
      throw new SharedMemoryException(
          "cannot attach the shared memory in " + directory + ": " + e.getMessage(), e);
    }
  }

  private static SharedClosedException gone(Path directory) {
    return new SharedClosedException(
        "the shared memory in "
            + directory
            + " is gone: its Shared was closed, or the process that opened it has ended");
  }

  /// A new block of zeros.
  ///
  /// @param size in bytes, for which this arena's common files are meant to be: small
  /// @throws SharedMemoryException if there is no space for it anywhere
  public Block allocate(long size) {
    if (size > NEXT_FILES / 4) {
      return allocateFile(size);
    }
    long rounded = Math.max(LINE, (size + LINE - 1) & -LINE);
    allocation.lock();
    try {
      checkOwned();
      MemorySegment file = Objects.requireNonNull(smallFiles.get(currentFile));
      if (allocated + rounded > file.byteSize()) {
        NewFile made = make(nextFile(), NEXT_FILES);
        smallFiles.put(made.name(), made.segment());
        currentFile = made.name();
        allocated = 0;
      }
      var handle = new BlockHandle(directory.toString(), id, currentFile, allocated, size);
      allocated += rounded;
      return block(handle);
    } finally {
      allocation.unlock();
    }
  }

  /// A new block of zeros in a file of its own; where there is no room for it here, on another file
  /// system, which may be slower.
  ///
  /// @throws SharedMemoryException if there is no space for it anywhere
  public Block allocateFile(long size) {
    String name;
    allocation.lock();
    try {
      checkOwned();
      name = "l" + nextFile();
    } finally {
      allocation.unlock();
    }
    NewFile made = make(name, Math.max(1, size));
    largeFiles.put(made.name(), new WeakReference<>(made.segment()));
    FaultPoint.at("arena.allocated");
    var handle = new BlockHandle(directory.toString(), id, made.name(), 0, size);
    return new Block(this, made.segment(), handle);
  }

  private NewFile make(String name, long size) {
    try {
      return NewFile.make(directory, name, size, Objects.requireNonNull(end));
    } catch (SharedMemoryException e) {
      checkOwned(); // it may have been closed, and its directory deleted
      throw e;
    }
  }

  private String nextFile() {
    return "f" + ++files;
  }

  private void checkOwned() {
    checkOpen("this Shared");
    if (end == null) {
      throw new IllegalStateException("only the process that opened a Shared makes objects in it");
    }
  }

  Block block(BlockHandle handle) {
    MemorySegment file = mapped(handle.file());
    if (handle.offset() < 0
        || handle.size() < 0
        || handle.offset() > file.byteSize() - handle.size()) {
      throw new SharedMemoryException(
          "cannot attach " + handle,
          new IOException(directory.resolve(handle.file()) + " is truncated"));
    }
    return new Block(this, file, handle);
  }

  private MemorySegment mapped(String name) {
    MemorySegment small = smallFiles.get(name);
    if (small != null) {
      return small;
    }
    allocation.lock();
    try {
      WeakReference<MemorySegment> known = largeFiles.get(name);
      MemorySegment segment = known == null ? smallFiles.get(name) : known.get();
      if (segment == null) {
        Path file = directory.resolve(name); // which is absolute if the file found no room here
        String last = file.getFileName().toString();
        if (!(name.equals(last) || Path.of(name).isAbsolute()) || !last.matches(FILE_NAME)) {
          throw new IOException("'" + name + "' is no name of a file of shared memory");
        }
        segment = ArenaFile.open(file, 1);
        if (last.contains("lf")) {
          largeFiles.put(name, new WeakReference<>(segment));
        } else {
          smallFiles.put(name, segment);
        }
      }
      return segment;
    } catch (NoSuchFileException e) {
      throw gone(directory);
    } catch (IOException e) {
      throw new SharedMemoryException(
          "cannot attach the shared memory in " + directory + ": " + e.getMessage(), e);
    } finally {
      allocation.unlock();
    }
  }

  /// The object over a block that this process knows already, or a new one: there is one for each
  /// block as long as it is in use, so that its identity and what it caches are the process's.
  public <T> T object(Block block, Class<T> type, Function<Block, T> constructor) {
    while (true) {
      WeakReference<Object> known = objects.get(block.handle());
      Object object = known == null ? null : known.get();
      if (object != null) {
        return type.cast(object);
      }
      T made = constructor.apply(block);
      var reference = new WeakReference<Object>(made);
      boolean first =
          known == null
              ? objects.putIfAbsent(block.handle(), reference) == null
              : objects.replace(block.handle(), known, reference);
      if (first) {
        return made;
      }
    }
  }

  /// The processes that use it.
  public Participants participants() {
    return participants;
  }

  /// Where processes of this JVM wait.
  ParkingLot lot() {
    return lot;
  }

  Bells bells() {
    return bells;
  }

  ArenaHeader header() {
    return header;
  }

  /// Where files of this arena are: for what is not a block, under names of one's own.
  public Path directory() {
    return directory;
  }

  /// Where in a program it was opened.
  public String origin() {
    return origin;
  }

  /// Whether this process made it.
  public boolean isOwned() {
    return end != null;
  }

  public boolean isOpen() {
    return header.isOpen();
  }

  /// One read of memory. To be called by every operation on a shared object.
  ///
  /// @param user the object, for the message
  /// @throws SharedClosedException if the arena has ended
  public void checkOpen(Object user) {
    if (!header.isOpen()) {
      throw closed(user);
    }
  }

  /// As [#checkOpen], and also looks whether the creator lives. Whoever waits calls it now and
  /// then.
  void checkAlive(Object user) {
    if (!isAlive()) {
      throw closed(user);
    }
  }

  /// Whether it is open, and its creator lives.
  boolean isAlive() {
    if (header.isOpen() && creator != participants.self() && participants.isDead(creator)) {
      header.close();
    }
    return header.isOpen();
  }

  private SharedClosedException closed(Object user) {
    return new SharedClosedException(
        "%s is closed: its Shared, opened at %s, was closed, or the process that opened it has ended"
            .formatted(user, origin));
  }

  /// Ends the arena, if this process made it. Everybody who waits is woken.
  public void close() {
    if (end == null) {
      return;
    }
    allocation.lock(); // so that nobody makes a file in a directory that is being deleted
    try {
      end.end();
    } finally {
      allocation.unlock();
    }
    ATTACHMENTS.disown(id);
    lot.wakeEverybody();
  }
}
