package dev.telar.internal.shared;

import dev.telar.internal.memory.Block;
import dev.telar.internal.memory.FaultPoint;
import dev.telar.internal.memory.Participants;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// Some bytes that are replaced as a whole, without a lock.
///
/// ```
///    0  state: version (56) | number of the current cell (8)
///    8  capacity of a cell
///   64  cell 0:  word (8)  length (4)  –  bytes
///       cell 1 …
/// ```
///
/// Who writes claims a cell that is not current, fills it, and makes it current by a
/// compare-and-set of the state, which moves the version on. Who reads copies the current cell, and
/// does so again if the version has moved on meanwhile: only then can the cell have been claimed.
///
/// The word of a cell tells whether it may be claimed, also after deaths at any point:
///
/// - `FREE`: yes.
/// - `WRITING` with the id of a participant: if that is dead.
/// - `READY` with the id, and the version that it was filled to become: if that version has come
///   and it is not the current cell. Then its writer's compare-and-set has lost or will lose; or it
///   won once, and whoever replaced it died before it freed the cell. And if the writer is dead:
///   nobody else makes it current, if it has not done so itself by now, which is looked at after
///   the claim.
///
/// The word has the last 30 bits of the version. A writer would have to be stopped for a thousand
/// million versions to find its word again and free a cell that is not its own.
final class VersionedCells {
  /// No version is expected.
  static final long ANY = 0;

  private static final int CELLS = 16;
  private static final int NONE = -1;
  private static final int LATE = -2;
  private static final long STATE = 0;
  private static final long CAPACITY = 8;
  private static final long FIRST = 64;
  private static final long LENGTH = 8;
  private static final long BYTES = 16;
  private static final int CELL_BITS = 8;
  private static final long FREE = 0;
  private static final long WRITING = 1;
  private static final long READY = 2;
  private static final int TAG_BITS = 2;
  private static final int VERSION_SHIFT = 34;
  private static final int VERSION_BITS = 30;
  private static final int MOST_SPINS = 100;
  private static final long PAUSE_NANOS = TimeUnit.MICROSECONDS.toNanos(100);

  private final Block block;
  private final Participants participants;
  private final int capacity;
  private final long stride;

  /// @param version of the bytes
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Content(long version, byte[] bytes) {}

  /// Cells that were initialized.
  ///
  /// @throws IOException if the block is none of those
  VersionedCells(Block block) throws IOException {
    this.block = block;
    this.participants = block.arena().participants();
    this.capacity = block.getInt(CAPACITY);
    this.stride = stride(capacity);
    if (capacity < 1 || block.size() < bytes(capacity)) {
      throw new IOException("it is no reference of " + capacity + " bytes");
    }
  }

  /// How much memory it takes.
  static long bytes(int capacity) {
    return FIRST + CELLS * stride(capacity);
  }

  private static long stride(int capacity) {
    return BYTES + capacity + 63L & -64L;
  }

  /// Writes the first content, before anybody else knows the block.
  static void initialize(Block block, int capacity, byte[] bytes) {
    block.setInt(CAPACITY, capacity);
    put(block.segment(), FIRST, bytes);
    block.setLong(FIRST, ready(block.arena().participants().self(), 1));
    block.setLong(STATE, 1L << CELL_BITS);
  }

  int capacity() {
    return capacity;
  }

  long version() {
    return block.getLong(STATE) >>> CELL_BITS;
  }

  Content read() {
    MemorySegment segment = block.segment();
    while (true) {
      long state = block.getLong(STATE);
      long cell = at(cell(state));
      int length = segment.get(ValueLayout.JAVA_INT, cell + LENGTH);
      if (length >= 0 && length <= capacity) { // else it is being overwritten
        byte[] bytes = new byte[length];
        MemorySegment.copy(segment, ValueLayout.JAVA_BYTE, cell + BYTES, bytes, 0, length);
        VarHandle.loadLoadFence();
        if (block.getLong(STATE) == state) {
          return new Content(state >>> CELL_BITS, bytes);
        }
      }
      Thread.onSpinWait();
    }
  }

  /// Replaces the content.
  ///
  /// @param expected the version that it must have, or `ANY`
  /// @param whileWaiting called now and then where this waits for other writers; what it throws
  ///   ends the attempt
  /// @return false if it has another version
  boolean write(long expected, byte[] bytes, Runnable whileWaiting) {
    for (int attempt = 0; ; attempt++) {
      long state = block.getLong(STATE);
      long version = state >>> CELL_BITS;
      if (expected != ANY && version != expected) {
        return false;
      }
      FaultPoint.at("reference.begun");
      int cell = claim(state);
      if (cell >= 0 && replace(state, cell, bytes)) {
        return true;
      }
      if (cell == NONE) {
        pause(attempt);
        whileWaiting.run();
      }
    }
  }

  private boolean replace(long state, int cell, byte[] bytes) {
    long next = (state >>> CELL_BITS) + 1;
    FaultPoint.at("reference.claimed");
    VarHandle.fullFence();
    put(block.segment(), at(cell), bytes);
    FaultPoint.at("reference.filled");
    long word = ready(participants.self(), next);
    block.setLong(at(cell), word);
    FaultPoint.at("reference.ready");
    if (block.compareAndSetLong(STATE, state, next << CELL_BITS | cell)) {
      FaultPoint.at("reference.published");
      free(cell(state), next - 1);
      FaultPoint.at("reference.freed");
      return true;
    }
    block.compareAndSetLong(at(cell), word, FREE);
    return false;
  }

  /// Frees the cell that was current, unless somebody has done so.
  private void free(int cell, long version) {
    long word = block.getLong(at(cell));
    if ((word & 3) == READY && age(word, version) == 0) {
      block.compareAndSetLong(at(cell), word, FREE);
    }
  }

  /// Claims a cell.
  ///
  /// It may have become the current one since the state was read, if whoever published it is dead.
  /// So nothing is written to it before the state was read again.
  ///
  /// @return `NONE` if others have all of them, or `LATE` if the state has moved on
  private int claim(long state) {
    long mine = (participants.self() & 0xffff_ffffL) << TAG_BITS | WRITING;
    int current = cell(state);
    for (int i = 1; i < CELLS; i++) {
      int cell = (current + i) % CELLS;
      long word = block.getLong(at(cell));
      if (mayBeClaimed(word, state) && block.compareAndSetLong(at(cell), word, mine)) {
        if (block.getLong(STATE) == state) {
          return cell;
        }
        block.compareAndSetLong(at(cell), mine, word);
        return LATE;
      }
    }
    return NONE;
  }

  /// Whether a cell that is not current in this state may be claimed.
  private boolean mayBeClaimed(long word, long state) {
    return word == FREE
        || ((word & 3) == READY && age(word, state >>> CELL_BITS) >= 0)
        || participants.isDead((int) (word >>> TAG_BITS));
  }

  private static void put(MemorySegment segment, long cell, byte[] bytes) {
    segment.set(ValueLayout.JAVA_INT, cell + LENGTH, bytes.length);
    MemorySegment.copy(bytes, 0, segment, ValueLayout.JAVA_BYTE, cell + BYTES, bytes.length);
  }

  private static void pause(int attempt) {
    if (attempt < MOST_SPINS) {
      Thread.onSpinWait();
    } else {
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  private static long ready(int writer, long version) {
    return version << VERSION_SHIFT | (writer & 0xffff_ffffL) << TAG_BITS | READY;
  }

  /// How many versions ago the one of a word was; negative if it has not come.
  private static int age(long word, long version) {
    int difference = (int) (version - (word >>> VERSION_SHIFT));
    return (difference << (32 - VERSION_BITS)) >> (32 - VERSION_BITS);
  }

  private static int cell(long state) {
    return (int) (state & (1 << CELL_BITS) - 1);
  }

  private long at(int cell) {
    return FIRST + cell * stride;
  }
}
