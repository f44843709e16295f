package dev.telar.internal.memory;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;

/// The processes that use an arena: a table in its header.
///
/// ```
///   slot i:   0  generation (22) | state (2) | pid (40)     one word, changed by CAS only
///             8  start time of the process
///            16  bell: what the process's keeper waits on
/// ```
///
/// A participant's id is its generation and its slot in one int that is never 0. Owner words carry
/// it, so that the slot of a dead process can be used again: an id of an older generation is dead.
public final class Participants {
  /// How many processes may use one arena at once.
  public static final int SLOTS = 512;

  static final long BYTES = SLOTS * 64L;

  private static final int SLOT_BITS = 10;
  private static final int GENERATIONS = 1 << 22;
  private static final int STATE_SHIFT = 40;
  private static final int GENERATION_SHIFT = 42;
  private static final long PID_MASK = (1L << STATE_SHIFT) - 1;
  private static final long FREE = 0;
  private static final long JOINING = 1; // its start time is not written yet
  private static final long JOINED = 2;
  private static final long START = 8;
  private static final long BELL = 16;

  /// How long a process that was seen alive is believed to be.
  private static final long BELIEVED_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

  private final MemorySegment table;
  private final int self;
  private final long[] seenAlive = new long[SLOTS];

  private Participants(MemorySegment table, int self) {
    this.table = table;
    this.self = self;
    Arrays.fill(seenAlive, System.nanoTime() - BELIEVED_NANOS);
  }

  /// Takes a slot for this process.
  ///
  /// @throws IllegalStateException if all slots belong to living processes
  static Participants join(MemorySegment table) {
    ProcessIdentity me = ProcessIdentity.current();
    for (int attempt = 0; attempt < 3; attempt++) {
      for (int slot = 0; slot < SLOTS; slot++) {
        long word = word(table, slot);
        if (state(word) != FREE && (attempt == 0 || identity(table, slot, word).isAlive())) {
          continue;
        }
        int generation = Math.max(1, (generation(word) + 1) % GENERATIONS);
        long name = (long) generation << GENERATION_SHIFT | me.pid();
        if (Words.LONG.compareAndSet(table, at(slot), word, name | JOINING << STATE_SHIFT)) {
          FaultPoint.at("arena.joining");
          Words.LONG.setVolatile(table, at(slot) + START, me.startTime());
          Words.LONG.setVolatile(table, at(slot), name | JOINED << STATE_SHIFT);
          FaultPoint.at("arena.joined");
          return new Participants(table, id(slot, name));
        }
      }
    }
    throw new IllegalStateException(
        "no more than " + SLOTS + " processes can use one Shared at a time");
  }

  /// The id of this process.
  public int self() {
    return self;
  }

  /// Whether the process of this id has ended. True for ever once it is; asking costs little, since
  /// who was alive some milliseconds ago is not looked at again.
  ///
  /// A stopped process has not ended.
  public boolean isDead(int id) {
    return isDead(id, true);
  }

  /// As [#isDead], but does not rely on having seen it alive some milliseconds ago: for what is not
  /// asked again, such as whether something is left of it.
  boolean isDeadNow(int id) {
    return isDead(id, false);
  }

  private boolean isDead(int id, boolean believing) {
    int slot = slot(id);
    long word = word(table, slot);
    return generation(word) != generationOf(id) || isDead(slot, word, believing);
  }

  /// Whether nobody who lives has this slot.
  boolean isSlotDead(int slot) {
    return isDead(slot, word(table, slot), true);
  }

  private boolean isDead(int slot, long word, boolean believing) {
    if (state(word) == FREE) {
      return true;
    }
    if (slot == slot(self)) {
      return false;
    }
    long now = System.nanoTime();
    if (believing && now - seenAlive[slot] < BELIEVED_NANOS) {
      return false;
    }
    if (identity(table, slot, word).isAlive()) {
      seenAlive[slot] = now; // racy, and good enough
      return false;
    }
    Words.LONG.compareAndSet(table, at(slot), word, freed(word));
    FaultPoint.at("arena.buried");
    return true;
  }

  /// The bit that stands for a participant in the masks of a [WaitPoint]; several share one.
  static long bit(int id) {
    return 1L << (slot(id) & 63);
  }

  /// Where in the table, and so in tables of the same size, a participant is.
  public static int slot(int id) {
    return id & (1 << SLOT_BITS) - 1;
  }

  /// Calls the ringer with the id of each living participant of these bits but this one.
  void eachOf(long bits, IntConsumer ringer) {
    for (long rest = bits; rest != 0; rest &= rest - 1) {
      for (int slot = Long.numberOfTrailingZeros(rest); slot < SLOTS; slot += 64) {
        long word = word(table, slot);
        if (state(word) == JOINED && id(slot, word) != self) {
          ringer.accept(id(slot, word));
        }
      }
    }
  }

  MemorySegment table() {
    return table;
  }

  /// Where in the table a participant's bell is.
  long bellOffset(int id) {
    return at(slot(id)) + BELL;
  }

  /// How often this participant's bell was rung.
  int rings() {
    return (int) Words.INT.getVolatile(table, bellOffset(self));
  }

  void ringBell(int id) {
    Words.INT.getAndAdd(table, bellOffset(id), 1);
  }

  /// The process of a participant.
  ///
  /// @return its id; 0 if its slot is another one's by now
  long pidOf(int id) {
    long word = word(table, slot(id));
    return generation(word) == generationOf(id) ? word & PID_MASK : 0;
  }

  private static int generationOf(int id) {
    return id >>> SLOT_BITS;
  }

  private static int id(int slot, long word) {
    return generation(word) << SLOT_BITS | slot;
  }

  private static long at(int slot) {
    return slot * 64L;
  }

  private static long word(MemorySegment table, int slot) {
    return (long) Words.LONG.getVolatile(table, at(slot));
  }

  private static long state(long word) {
    return word >>> STATE_SHIFT & 3;
  }

  private static int generation(long word) {
    return (int) (word >>> GENERATION_SHIFT);
  }

  private static long freed(long word) {
    return word & -1L << GENERATION_SHIFT;
  }

  private static ProcessIdentity identity(MemorySegment table, int slot, long word) {
    long start = state(word) == JOINED ? (long) Words.LONG.getVolatile(table, at(slot) + START) : 0;
    return new ProcessIdentity(word & PID_MASK, start);
  }
}
