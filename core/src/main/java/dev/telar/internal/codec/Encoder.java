package dev.telar.internal.codec;

import dev.telar.TaskNotSerializableException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// Turns values into bytes that tell where they end, so that many values are their mere
/// concatenation. See `Tags` for the form and `ObjectWriter` for what is serialized how.
///
/// Thread-safe; all that it shares is the naming of classes.
public final class Encoder {
  private final ClassNaming naming;
  private final BulkSink bulk;

  /// Creates an encoder that numbers classes by `dictionary` and writes everything into the
  /// message.
  public Encoder(ClassDictionary dictionary) {
    this(dictionary, BulkSink.NONE);
  }

  /// Creates an encoder that numbers classes by `dictionary` and puts large values into memory of
  /// `bulk`; the [Output#loans()] of a message tell which.
  public Encoder(ClassDictionary dictionary, BulkSink bulk) {
    this((ClassNaming) dictionary, bulk);
  }

  /// Creates an encoder that writes everything into the message.
  Encoder(ClassNaming naming) {
    this(naming, BulkSink.NONE);
  }

  private Encoder(ClassNaming naming, BulkSink bulk) {
    this.naming = naming;
    this.bulk = bulk;
  }

  /// Appends a value. It may run code of the user (`writeObject`, `writeReplace`, accessors of
  /// records) in the calling thread.
  ///
  /// When it throws, `out` is as it was before the call.
  ///
  /// @throws TaskNotSerializableException if the value holds something that cannot travel, its
  ///   `writeObject` threw, or it is nested too deeply
  /// @throws MessageTooLargeException if the message would exceed 2 GiB
  public void encode(@Nullable Object value, Output out) {
    int start = out.size();
    int loans = out.loans().size();
    try {
      if (!PlainValues.write(value, out) && value != null) {
        writeOther(value, out);
      }
    } catch (RuntimeException | Error e) {
      out.truncate(start);
      out.releaseLoansAfter(loans);
      throw e;
    }
  }

  private void writeOther(Object value, Output out) {
    boolean plain =
        value.getClass().isArray() ? writeArray(value, out) : PlainLists.write(value, out);
    if (!plain) {
      writeObject(value, out);
    }
  }

  private boolean writeArray(Object array, Output out) {
    BulkReference reference = BulkForm.ofArray(array, bulk, out);
    if (reference == null) {
      return PlainArrays.write(array, out);
    }
    out.writeByte(Tags.BULK);
    reference.write(out);
    return true;
  }

  private void writeObject(Object value, Output out) {
    int start = out.size();
    out.writeByte(Tags.OBJECT);
    out.writeInt(0);
    try {
      ObjectWriter.write(value, naming, bulk, out);
    } catch (StackOverflowError e) {
      throw SerializationFailure.tooDeep(value);
    } catch (MessageTooLargeException | OutOfMemoryError e) {
      throw e;
    } catch (IOException | RuntimeException | Error e) {
      throw SerializationFailure.of(value, e);
    }
    out.patchInt(start + 1, out.size() - start - 5);
  }
}
