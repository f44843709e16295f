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
  private final @Nullable ClassDictionary dictionary;

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
    this.dictionary = naming instanceof ClassDictionary numbers ? numbers : null;
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
    encode(value, dictionary, out);
  }

  /// Appends what a lambda has captured. A lambda in it goes the way of the JDK: of a long chain of
  /// them each would be tried anew, if the last of it could not be written.
  void encodeCaptured(@Nullable Object value, Output out) {
    encode(value, null, out);
  }

  private void encode(@Nullable Object value, @Nullable ClassDictionary lambdas, Output out) {
    int start = out.size();
    int loans = out.loans().size();
    try {
      if (!PlainValues.write(value, out) && value != null) {
        writeOther(value, lambdas, out);
      }
    } catch (RuntimeException | Error e) {
      out.truncate(start);
      out.releaseLoansAfter(loans);
      throw e;
    }
  }

  private void writeOther(Object value, @Nullable ClassDictionary lambdas, Output out) {
    boolean plain =
        value.getClass().isArray() ? writeArray(value, out) : PlainLists.write(value, out);
    if (!plain && (lambdas == null || !writeLambda(value, lambdas, out))) {
      writeObject(value, out);
    }
  }

  /// Tries to write a lambda by its parts. If anything goes wrong, nothing is written:
  /// serialization will find that again, and say where.
  private boolean writeLambda(Object value, ClassDictionary lambdas, Output out) {
    if (!value.getClass().isHidden() || !LambdaClass.of(value.getClass()).isKnown()) {
      return false;
    }
    int start = out.size();
    int loans = out.loans().size();
    try {
      if (LambdaWriter.write(value, lambdas, this, out)) {
        return true;
      }
    } catch (MessageTooLargeException | OutOfMemoryError e) {
      throw e;
    } catch (ReflectiveOperationException | RuntimeException | Error e) {
      // see above
    }
    out.truncate(start);
    out.releaseLoansAfter(loans);
    return false;
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
