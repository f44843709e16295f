package dev.telar.internal.memory;

import java.util.function.BooleanSupplier;

/// How many elements of a [Ring] each participant has taken and not yet dealt with, and waiting
/// until there are none.
///
/// ```
///    0  wait point
///   64  for each participant's slot: its id (32) | how many (32)
/// ```
///
/// The account of a process that has died is void: what it had taken is lost, and nobody shall wait
/// for it. An element is entered *before* it is taken, so that it is always in the ring or here.
public final class Unfinished {
  /// How much memory it takes.
  public static final long BYTES = 64 + Participants.SLOTS * 8L;

  private static final long SLOTS = 64;

  private final Block block;
  private final long base;
  private final SharedArena arena;
  private final int self;
  private final WaitPoint settled;
  private final long own;

  /// The accounts in a block, which is zeros at first.
  ///
  /// @param user the object whose they are, for messages
  public Unfinished(Block block, long offset, Object user) {
    this.block = block;
    this.base = offset;
    this.arena = block.arena();
    this.self = arena.participants().self();
    this.settled = new WaitPoint(block, offset, false, user);
    this.own = offset + SLOTS + Participants.slot(self) * 8L;
  }

  /// This process is about to take an element.
  public void taking() {
    while (true) {
      long word = block.getLong(own);
      int count = id(word) == self ? count(word) : 0; // of whoever had the slot before
      int next = count == Integer.MAX_VALUE ? count : count + 1;
      if (block.compareAndSetLong(own, word, word(self, next))) {
        return;
      }
    }
  }

  /// An element has been dealt with: one that this process took, or else another living one.
  ///
  /// @return false if there is none
  public boolean done() {
    boolean found = settle(own);
    for (int slot = 0; slot < Participants.SLOTS && !found; slot++) {
      found = settle(base + SLOTS + slot * 8L);
    }
    if (found) {
      FaultPoint.at("queue.done");
      settled.signal();
    }
    return found;
  }

  private boolean settle(long at) {
    while (true) {
      long word = block.getLong(at);
      if (count(word) == 0 || arena.participants().isDead(id(word))) {
        return false;
      }
      if (block.compareAndSetLong(at, word, word(id(word), count(word) - 1))) {
        return true;
      }
    }
  }

  /// Something else may have made an end of a wait: the ring was cleared.
  public void changed() {
    settled.signal();
  }

  /// Waits until nothing is unfinished.
  ///
  /// @param empty whether nothing is in the ring
  /// @return false if the time is over
  public boolean await(BooleanSupplier empty, long nanos) throws InterruptedException {
    return settled.await(() -> empty.getAsBoolean() && isSettled(), nanos);
  }

  private boolean isSettled() {
    for (int slot = 0; slot < Participants.SLOTS; slot++) {
      long word = block.getLong(base + SLOTS + slot * 8L);
      if (count(word) != 0 && !arena.participants().isDead(id(word))) {
        return false;
      }
    }
    return true;
  }

  private static int id(long word) {
    return (int) (word >>> 32);
  }

  private static int count(long word) {
    return (int) word;
  }

  private static long word(int id, int count) {
    return (long) id << 32 | Integer.toUnsignedLong(count);
  }
}
