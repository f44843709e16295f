package dev.telar.internal.scheduling;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The slots of a pool, and which of them wait to be woken: *idle* ones have nothing to do,
/// *hungry* ones want to be sent something ahead. A slot that is full is in neither list; it pulls
/// when it has a result. Guarded by the scheduler's lock.
final class SlotLists {

  private final List<Slot> slots = new ArrayList<>();
  private final Set<Slot> retired = new HashSet<>();
  private final ArrayDeque<Slot> idle = new ArrayDeque<>();
  private final ArrayDeque<Slot> hungry = new ArrayDeque<>();

  /// Idle ones that were called to take back what waits in others, and have not come yet.
  private final Set<Slot> helpers = new HashSet<>();

  /// Adds a slot that has nothing to do.
  void add(Slot slot) {
    slots.add(slot);
    idle.addFirst(slot);
  }

  /// The slot will not wait any more; what is in it can still be taken back.
  ///
  /// @return whether it was called to help, and another one is to be called in its place
  boolean retire(Slot slot) {
    retired.add(slot);
    return stopWaiting(slot);
  }

  /// The slot has ended.
  ///
  /// @return whether it was called to help, and another one is to be called in its place
  boolean remove(Slot slot) {
    slots.remove(slot);
    retired.remove(slot);
    return stopWaiting(slot);
  }

  List<Slot> all() {
    return List.copyOf(slots);
  }

  /// The other slots that may have a job to give back; most often none.
  @SuppressWarnings("ReferenceEquality") // slots have identity
  List<Slot> helpedBy(Slot slot) {
    List<Slot> others = List.of();
    for (Slot other : slots) {
      if (other != slot && other.mayGiveBack()) {
        if (others.isEmpty()) {
          others = new ArrayList<>(slots.size() - 1);
        }
        others.add(other);
      }
    }
    return others;
  }

  /// Registers a slot to be woken.
  ///
  /// @return false if it has ended meanwhile, and must not swallow a wake-up
  boolean wait(Slot slot, boolean isIdle) {
    var _ = stopWaiting(slot); // it has come
    if (!slots.contains(slot) || retired.contains(slot)) {
      return false;
    }
    (isIdle ? idle : hungry).addLast(slot);
    return true;
  }

  /// The slot has something to do, or has ended.
  ///
  /// @return whether it was called to help, and another one is to be called in its place
  boolean stopWaiting(Slot slot) {
    idle.remove(slot);
    hungry.remove(slot);
    return helpers.remove(slot);
  }

  /// The slot could not do what it was woken for: its turn comes last.
  void putBack(Slot slot) {
    if (slots.contains(slot) && !idle.contains(slot)) {
      idle.addFirst(slot);
    }
  }

  boolean someWait() {
    return !idle.isEmpty() || !hungry.isEmpty();
  }

  /// The slot that fell idle last, to take back what waits in another one.
  @Nullable Slot pollHelper() {
    Slot slot = idle.pollLast();
    if (slot != null) {
      helpers.add(slot);
    }
    return slot;
  }

  /// The slot to wake next: the one that fell idle last, whose caches are warm; else a hungry one.
  @Nullable Slot pollWaiting() {
    Slot slot = idle.pollLast();
    return slot != null ? slot : hungry.pollFirst();
  }
}
