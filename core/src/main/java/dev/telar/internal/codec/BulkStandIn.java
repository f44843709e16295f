package dev.telar.internal.codec;

import java.io.InvalidObjectException;
import java.io.Serializable;
import java.lang.foreign.MemorySegment;

/// A byte buffer or memory segment whose bytes are in the message.
///
/// @param form what it was: see [BulkForm]
/// @param content its bytes
@SuppressWarnings("ArrayRecordComponent") // never compared
record BulkStandIn(int form, byte[] content) implements Serializable {

  private Object readResolve() throws InvalidObjectException {
    return BulkForm.restore(form, MemorySegment.ofArray(content));
  }
}
