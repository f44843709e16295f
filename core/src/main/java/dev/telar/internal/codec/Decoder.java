package dev.telar.internal.codec;

import java.io.IOException;
import java.io.ObjectInputFilter;
import org.jspecify.annotations.Nullable;

/// Turns bytes that an [Encoder] wrote back into values. Thread-safe.
public final class Decoder {
  private final ClassFinding classes;
  private final BulkSource bulk;
  private final @Nullable ObjectInputFilter filter;

  /// Creates a decoder for the messages of the sender whose classes `classes` describes.
  public Decoder(ClassTable classes) {
    this(classes, BulkSource.NONE, null);
  }

  /// Creates a decoder for the messages of a sender who puts large values into memory that `bulk`
  /// reads.
  public Decoder(ClassTable classes, BulkSource bulk) {
    this(classes, bulk, null);
  }

  /// Creates a decoder that also asks `filter` about each class.
  Decoder(ClassFinding classes, @Nullable ObjectInputFilter filter) {
    this(classes, BulkSource.NONE, filter);
  }

  private Decoder(ClassFinding classes, BulkSource bulk, @Nullable ObjectInputFilter filter) {
    this.classes = classes;
    this.bulk = bulk;
    this.filter = filter;
  }

  /// Tells whether the next value is read without running any code but the JDK's and ours: null, a
  /// box, a string, an array or a list of those, an array of primitives, in the message or beside
  /// it.
  public static boolean isPlain(Input in) throws CorruptMessageException {
    return in.peekByte() <= Tags.LAST_PLAIN;
  }

  /// Reads the next value. Unless it [is plain][#isPlain], that may run code of the user
  /// (`readObject`, constructors of records, static initializers) in the calling thread.
  ///
  /// @param loader where classes are looked up
  /// @throws DecodeException if this value cannot be read; `in` stands behind it
  /// @throws CorruptMessageException if the bytes are no value, or end too soon; the rest of `in`
  ///   is lost
  public @Nullable Object decode(Input in, ClassLoader loader)
      throws DecodeException, CorruptMessageException {
    int tag = in.readByte();
    if (tag == Tags.INT) {
      return in.readInt(); // the commonest value needs no further choice
    }
    if (tag < Tags.BOOLEAN_ARRAY) {
      return PlainValues.read(tag, in);
    }
    if (tag >= Tags.ARRAY_LIST && tag <= Tags.STREAM_LIST) {
      return PlainLists.read(tag, in);
    }
    if (tag < Tags.ARRAY_LIST) {
      return PlainArrays.read(tag, in);
    }
    if (tag == Tags.BULK) {
      return readBulk(BulkReference.read(in));
    }
    boolean lambda = tag == Tags.LAMBDA && classes instanceof ClassTable;
    if (tag != Tags.OBJECT && !lambda) {
      throw new CorruptMessageException("no value begins with the byte " + tag);
    }
    return readObject(in.slice(in.readInt()), lambda, loader);
  }

  private Object readBulk(BulkReference reference) throws DecodeException {
    try {
      return BulkForm.read(reference, bulk);
    } catch (IOException | RuntimeException e) {
      throw new DecodeException(describe(e), e);
    }
  }

  private @Nullable Object readObject(Input body, boolean lambda, ClassLoader loader)
      throws DecodeException {
    try {
      return lambda
          ? LambdaReader.read(body, (ClassTable) classes, this, filter, loader)
          : ObjectReader.read(body, classes, bulk, filter, loader);
    } catch (DecodeException e) {
      throw e; // about something that a lambda has captured
    } catch (StackOverflowError e) {
      throw new DecodeException("the object graph is too deep to be read on this stack", e);
    } catch (OutOfMemoryError e) {
      throw e;
    } catch (ClassNotFoundException e) {
      throw new DecodeException("class not found: " + e.getMessage(), e);
    } catch (IOException | RuntimeException | Error e) {
      throw new DecodeException(describe(e), e);
    }
  }

  /// A message that does not rely on the exception: it may be of a user's class.
  static String describe(Throwable e) {
    return e.getCause() instanceof ClassNotFoundException missing
        ? "class not found: " + missing.getMessage()
        : "the value cannot be read: " + Throwables.describe(e);
  }
}
