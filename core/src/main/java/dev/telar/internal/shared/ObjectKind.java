package dev.telar.internal.shared;

import dev.telar.internal.memory.Block;
import java.util.function.Function;

/// The kinds of shared objects, and how each is made over its block.
enum ObjectKind {
  LONG("SharedLong", MappedLong::new),
  QUEUE("SharedQueue", MappedQueue::new),
  PIPE_FIRST("Pipe", MappedPipeEnd::first),
  PIPE_SECOND("Pipe", MappedPipeEnd::second),
  LOCK("SharedLock", MappedLock::new),
  CONDITION("SharedCondition", MappedCondition::new),
  SEMAPHORE("SharedSemaphore", MappedSemaphore::new),
  EVENT("SharedEvent", MappedEvent::new),
  BARRIER("SharedBarrier", MappedBarrier::new),
  LATCH("SharedLatch", MappedLatch::new),
  INT("SharedInt", MappedInt::new),
  DOUBLE("SharedDouble", MappedDouble::new),
  BOOLEAN("SharedBoolean", MappedBoolean::new),
  REFERENCE("SharedReference", MappedReference::new),
  BYTE_ARRAY("SharedByteArray", MappedByteArray::new),
  SHORT_ARRAY("SharedShortArray", MappedShortArray::new),
  CHAR_ARRAY("SharedCharArray", MappedCharArray::new),
  INT_ARRAY("SharedIntArray", MappedIntArray::new),
  LONG_ARRAY("SharedLongArray", MappedLongArray::new),
  FLOAT_ARRAY("SharedFloatArray", MappedFloatArray::new),
  DOUBLE_ARRAY("SharedDoubleArray", MappedDoubleArray::new),
  BOOLEAN_ARRAY("SharedBooleanArray", MappedBooleanArray::new);

  private final String typeName;

  @SuppressWarnings("ImmutableEnumChecker") // constructor references, which hold nothing
  private final Function<Block, MappedObject> constructor;

  ObjectKind(String typeName, Function<Block, MappedObject> constructor) {
    this.typeName = typeName;
    this.constructor = constructor;
  }

  /// As users know it.
  String typeName() {
    return typeName;
  }

  /// The object over a block: the one that this process has already, or a new one.
  MappedObject object(Block block) {
    return block.arena().object(block, MappedObject.class, constructor);
  }
}
