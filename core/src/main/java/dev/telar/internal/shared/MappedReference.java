package dev.telar.internal.shared;

import dev.telar.internal.codec.CorruptMessageException;
import dev.telar.internal.codec.DecodeException;
import dev.telar.internal.codec.ElementCodec;
import dev.telar.internal.codec.Input;
import dev.telar.internal.codec.Output;
import dev.telar.internal.memory.Block;
import dev.telar.internal.memory.SharedArena;
import dev.telar.shared.SharedMemoryException;
import dev.telar.shared.SharedReference;
import dev.telar.shared.UnreadableElementException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// A [SharedReference]: values as messages that describe themselves, in [VersionedCells].
final class MappedReference<T extends @Nullable Object> extends MappedObject
    implements SharedReference<T> {
  private static final long serialVersionUID = 1L;
  private static final ElementCodec CODEC = new ElementCodec();

  private final transient VersionedCells cells;

  MappedReference(Block block) {
    super(ObjectKind.REFERENCE, block);
    try {
      this.cells = new VersionedCells(block);
    } catch (IOException e) {
      throw new SharedMemoryException("cannot attach " + block.handle(), e);
    }
  }

  /// Memory for a value.
  ///
  /// @throws IllegalArgumentException if there is no room for the first in it
  static Block allocate(SharedArena arena, @Nullable Object initial, int maxBytes) {
    if (maxBytes < 1) {
      throw new IllegalArgumentException("maxBytes must be at least 1: " + maxBytes);
    }
    byte[] bytes = encode(initial, maxBytes);
    Block block = arena.allocate(VersionedCells.bytes(maxBytes));
    VersionedCells.initialize(block, maxBytes, bytes);
    return block;
  }

  private static byte[] encode(@Nullable Object value, int most) {
    var out = new Output();
    CODEC.encode(value, out);
    if (out.size() > most) {
      throw new IllegalArgumentException(
          "the value takes "
              + out.size()
              + " bytes, and this SharedReference has room for "
              + most
              + ". Make it with Shared.reference(initial, maxBytes), or put a handle (of a"
              + " SharedArray, say) into it");
    }
    return out.toByteArray();
  }

  @Override
  public T get() {
    return getVersioned().value();
  }

  @Override
  @SuppressWarnings("unchecked") // what was put in, by whoever did
  public Versioned<T> getVersioned() {
    checkOpen();
    VersionedCells.Content content = cells.read();
    ClassLoader own = Thread.currentThread().getContextClassLoader();
    try {
      T value =
          (T)
              CODEC.decode(
                  Input.of(content.bytes()),
                  own != null ? own : ClassLoader.getSystemClassLoader());
      return (Versioned<T>) new Versioned<@Nullable Object>(value, content.version());
    } catch (DecodeException | CorruptMessageException e) {
      throw new UnreadableElementException(
          "the value of a SharedReference cannot be read here: " + e.getMessage(), e);
    }
  }

  @Override
  public long version() {
    checkOpen();
    return cells.version();
  }

  @Override
  public void set(T value) {
    checkOpen();
    cells.write(VersionedCells.ANY, encode(value, cells.capacity()), this::checkOpen);
  }

  @Override
  public boolean compareAndSet(long expectedVersion, T value) {
    checkOpen();
    return expectedVersion > 0
        && expectedVersion == cells.version()
        && cells.write(expectedVersion, encode(value, cells.capacity()), this::checkOpen);
  }
}
