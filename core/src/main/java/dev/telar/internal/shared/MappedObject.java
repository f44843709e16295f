package dev.telar.internal.shared;

import dev.telar.internal.memory.Block;
import dev.telar.internal.memory.SharedArena;
import dev.telar.shared.SharedObject;
import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.io.Serial;
import org.jspecify.annotations.Nullable;

/// What all objects in shared memory have in common: a block, and how they travel. What is written
/// in their place is an [ObjectHandle].
abstract class MappedObject implements SharedObject {
  private static final long serialVersionUID = 1L;

  private final transient ObjectKind kind;
  private final transient Block block;
  private final transient SharedArena arena;

  MappedObject(ObjectKind kind, Block block) {
    this.kind = kind;
    this.block = block;
    this.arena = block.arena();
  }

  final Block block() {
    return block;
  }

  final SharedArena arena() {
    return arena;
  }

  /// A handle of it has been read in this process, for the first time or again.
  void received() {}

  /// To be called first by every operation.
  final void checkOpen() {
    arena.checkOpen(this);
  }

  @Override
  public final boolean isOpen() {
    return arena.isOpen();
  }

  /// Two of one block are one, though there is only one for each process as long as it is in use.
  @Override
  public final boolean equals(@Nullable Object other) {
    return other instanceof MappedObject object && object.block.handle().equals(block.handle());
  }

  @Override
  public final int hashCode() {
    return block.handle().hashCode();
  }

  @Override
  public String toString() {
    return kind.typeName();
  }

  @Serial
  final Object writeReplace() {
    checkOpen();
    return new ObjectHandle(kind, block.handle());
  }

  @Serial
  private void readObject(ObjectInputStream in) throws InvalidObjectException {
    throw new InvalidObjectException("shared objects travel as handles");
  }
}
