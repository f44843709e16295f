package dev.telar.internal.shared;

import dev.telar.internal.memory.NamedMemory;
import dev.telar.shared.SharedClosedException;
import dev.telar.shared.SharedMemory;
import dev.telar.shared.SharedMemoryException;
import java.io.IOException;
import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.io.Serial;
import java.io.Serializable;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.ref.WeakReference;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/// A [SharedMemory] that is mapped here.
public final class MappedMemory implements SharedMemory {
  private static final long serialVersionUID = 1L;

  /// What came here in tasks and the like: mapped once in a process, and until it is garbage.
  /// Guarded by the lock.
  private static final Map<Long, WeakReference<MappedMemory>> RECEIVED = new HashMap<>();

  private static final ReentrantLock LOCK = new ReentrantLock();

  private final transient NamedMemory mapped;

  /// Not what came here in a task: it is of all tasks of this process.
  private final transient boolean closeable;

  private transient volatile boolean closed;

  private MappedMemory(NamedMemory mapped, boolean closeable) {
    this.mapped = mapped;
    this.closeable = closeable;
  }

  /// Makes and maps it.
  public static SharedMemory create(String name, long size) {
    return new MappedMemory(NamedMemory.create(name, size), true);
  }

  /// Maps it.
  public static SharedMemory attach(String name) {
    Arena arena = Arena.ofShared();
    try {
      return new MappedMemory(NamedMemory.attach(name, arena), true);
    } catch (RuntimeException | Error e) {
      arena.close();
      throw e;
    }
  }

  @Override
  public String name() {
    return mapped.name();
  }

  @Override
  public long size() {
    return mapped.memory().byteSize();
  }

  @Override
  public MemorySegment asSegment() {
    checkOpen();
    return mapped.memory();
  }

  @Override
  public boolean isOpen() {
    return !closed;
  }

  private void checkOpen() {
    if (closed) {
      throw new SharedClosedException(this + " was closed in this process; attach it again");
    }
  }

  @Override
  public synchronized void close() {
    if (!closed && closeable) {
      mapped.arena().close(); // throws if another thread is just using it in a system call
      closed = true;
    }
  }

  @Override
  public String toString() {
    return "SharedMemory '" + name() + "'";
  }

  @Serial
  private Object writeReplace() {
    checkOpen();
    return new Handle(name(), mapped.id());
  }

  @Serial
  private void readObject(ObjectInputStream in) throws InvalidObjectException {
    throw new InvalidObjectException("shared memory travels as a handle");
  }

  /// What travels.
  ///
  /// @param id of the memory, lest another one of the same name be taken for it
  private record Handle(String name, long id) implements Serializable {

    @Serial
    private Object readResolve() {
      LOCK.lock();
      try {
        WeakReference<MappedMemory> known = RECEIVED.get(id);
        MappedMemory memory = known == null ? null : known.get();
        if (memory == null) {
          memory = map();
          RECEIVED.values().removeIf(each -> each.refersTo(null));
          RECEIVED.put(id, new WeakReference<>(memory));
        }
        return memory;
      } finally {
        LOCK.unlock();
      }
    }

    private MappedMemory map() {
      NamedMemory found = NamedMemory.attach(name, Arena.ofAuto());
      if (found.id() != id) {
        throw new SharedMemoryException(
            "cannot attach the shared memory '" + name + "': it was unlinked, and another one made",
            new IOException(name));
      }
      return new MappedMemory(found, false);
    }
  }
}
