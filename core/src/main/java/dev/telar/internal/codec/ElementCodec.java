package dev.telar.internal.codec;

import dev.telar.TaskNotSerializableException;
import java.io.IOException;
import java.io.ObjectInputFilter;
import java.lang.ref.WeakReference;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Turns values into bytes that need no other message to be understood, and back: for elements of
/// queues and messages of connections, whose reader need not have seen what came before.
///
/// What an [Encoder] writes raw is raw here, too. A record of simple components travels as its
/// description and its components (see [RecordForm]), twenty times as fast as by serialization. All
/// else is serialized, with the description of each class in the message.
///
/// Thread-safe.
public final class ElementCodec {
  private final InlineClasses classes = new InlineClasses();
  private final Encoder encoder = new Encoder(classes);
  private final Decoder decoder;
  private final @Nullable ObjectInputFilter filter;
  private final Map<ByteBuffer, KnownRecord> records = new ConcurrentHashMap<>();
  private volatile @Nullable KnownRecord last;

  /// A record that was read before: the bytes of its description, and what they led to. The form is
  /// held by its class.
  @SuppressWarnings("ArrayRecordComponent") // never compared as a record
  private record KnownRecord(
      byte[] description, WeakReference<ClassLoader> loader, WeakReference<RecordForm> form) {

    @Nullable RecordForm form(ClassLoader asked) {
      return loader.refersTo(asked) ? form.get() : null;
    }
  }

  /// Creates a codec with the filters that are always there: that of the JVM, and one against
  /// lengths that the bytes could never fill.
  public ElementCodec() {
    this(null);
  }

  /// Creates a codec that also asks `filter` about each class that it reads, if it is not null.
  public ElementCodec(@Nullable ObjectInputFilter filter) {
    this.filter = filter;
    this.decoder = new Decoder(classes, filter);
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
    if (value instanceof Record) {
      RecordForm form = RecordForm.of(value.getClass());
      if (form != null && form.write(value, out)) {
        return;
      }
    }
    encoder.encode(value, out);
  }

  /// Reads the next value. That may run code of the user (`readObject`, constructors of records,
  /// static initializers) in the calling thread.
  ///
  /// @param loader where classes are looked up
  /// @throws DecodeException if this value cannot be read
  /// @throws CorruptMessageException if the bytes are no value, or end too soon
  public @Nullable Object decode(Input in, ClassLoader loader)
      throws DecodeException, CorruptMessageException {
    if (in.peekByte() != Tags.RECORD) {
      return decoder.decode(in, loader);
    }
    in.readByte();
    return form(in.readBytes(in.readSize()), in, loader).read(in);
  }

  private RecordForm form(byte[] description, Input in, ClassLoader loader)
      throws DecodeException, CorruptMessageException {
    KnownRecord known = last;
    if (known == null || !Arrays.equals(known.description, description)) {
      known = records.get(ByteBuffer.wrap(description));
    }
    RecordForm form = known == null ? null : known.form(loader);
    if (form == null) {
      form = find(description, in, loader);
      known = new KnownRecord(description, new WeakReference<>(loader), new WeakReference<>(form));
      records.put(ByteBuffer.wrap(description), known);
    }
    last = known;
    return form;
  }

  private RecordForm find(byte[] description, Input in, ClassLoader loader)
      throws DecodeException, CorruptMessageException {
    try {
      var asked = ObjectReader.filterFor(in.copy(), classes, filter, loader);
      return RecordForm.find(description, loader, asked);
    } catch (CorruptMessageException e) {
      throw e;
    } catch (ClassNotFoundException e) {
      throw new DecodeException("class not found: " + e.getMessage(), e);
    } catch (IOException | RuntimeException | LinkageError e) {
      throw new DecodeException(Decoder.describe(e), e);
    }
  }
}
