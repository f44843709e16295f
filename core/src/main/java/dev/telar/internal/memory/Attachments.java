package dev.telar.internal.memory;

import java.lang.ref.WeakReference;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The arenas that this process knows, by their numbers.
///
/// Those of other processes stay attached until they end, also while no object of theirs is in use:
/// this process might hold a lock in one, and giving up its place there would free that.
final class Attachments {
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<Long, WeakReference<SharedArena>> owned = new HashMap<>();
  private final Map<Long, SharedArena> attached = new HashMap<>();
  private boolean watched;

  void own(long id, SharedArena arena) {
    lock.lock();
    try {
      owned.values().removeIf(forgotten -> forgotten.refersTo(null));
      owned.put(id, new WeakReference<>(arena));
    } finally {
      lock.unlock();
    }
  }

  void disown(long id) {
    lock.lock();
    try {
      owned.remove(id);
    } finally {
      lock.unlock();
    }
  }

  @Nullable SharedArena find(long id) {
    lock.lock();
    try {
      WeakReference<SharedArena> own = owned.get(id);
      return own != null ? own.get() : attached.get(id);
    } finally {
      lock.unlock();
    }
  }

  /// Attaches an arena, once.
  SharedArena attach(long id, Supplier<SharedArena> opener) {
    lock.lock();
    try {
      SharedArena known = find(id);
      if (known == null) {
        attached.values().removeIf(Attachments::hasEnded);
        known = opener.get();
        attached.put(id, known);
        watch();
      }
      return known;
    } finally {
      lock.unlock();
    }
  }

  private void watch() {
    if (!watched) {
      try {
        CreatorWatch.start(this::endThoseOfTheDead);
        watched = true;
      } catch (OutOfMemoryError noThread) {
        // then a death is noticed by whoever waits or attaches
      }
    }
  }

  /// @return whether there is any other left
  private boolean endThoseOfTheDead() {
    lock.lock();
    try {
      attached.values().removeIf(Attachments::hasEnded);
      watched = !attached.isEmpty();
      return watched;
    } finally {
      lock.unlock();
    }
  }

  private static boolean hasEnded(SharedArena arena) {
    if (arena.isAlive()) {
      return false;
    }
    arena.bells().close();
    return true;
  }
}
