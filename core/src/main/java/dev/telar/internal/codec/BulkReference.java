package dev.telar.internal.codec;

import java.io.Serializable;

/// What is in a message in place of a value that lies beside it.
///
/// @param form what kind of value: see [BulkForm]
/// @param bytes how long it is
/// @param segment where it is
/// @param loan which loan of that segment
record BulkReference(int form, long bytes, int segment, long loan) implements Serializable {

  void write(Output out) {
    out.writeInt(form);
    out.writeLong(bytes);
    out.writeInt(segment);
    out.writeLong(loan);
  }

  static BulkReference read(Input in) throws CorruptMessageException {
    return new BulkReference(in.readInt(), in.readLong(), in.readInt(), in.readLong());
  }
}
