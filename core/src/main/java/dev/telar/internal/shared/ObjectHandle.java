package dev.telar.internal.shared;

import dev.telar.internal.memory.Block;
import dev.telar.internal.memory.BlockHandle;
import dev.telar.internal.memory.SharedArena;
import java.io.Serial;
import java.io.Serializable;

/// What travels in place of a shared object: what it is and where. Reading it attaches the object.
record ObjectHandle(ObjectKind kind, BlockHandle block) implements Serializable {

  @Serial
  private Object readResolve() {
    Block attached = SharedArena.attach(block);
    MappedObject object = kind.object(attached);
    object.received();
    return object;
  }
}
