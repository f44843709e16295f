package dev.telar.internal.codec;

import dev.telar.RemoteTaskException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/// Exceptions on the wire. An exception travels as itself; in front of it goes a *summary* in plain
/// strings, from which the other side makes a [RemoteTaskException] if the exception itself cannot
/// be written here, or cannot be read there, or cannot be printed, which would throw in every log.
///
/// ```text
/// summary   count, then for it and its causes: class name, message, frames
/// original  1, value         or
///           0, why it could not be written
/// ```
///
/// The summary is bounded (causes, frames, lengths), so cyclic or endless chains do no harm, and it
/// relies on no method of the exception's class to work.
public final class Failures {
  private static final int MOST_CAUSES = 8;
  private static final int MOST_FRAMES = 256;

  private Failures() {}

  /// Appends an exception. Whatever its class does, this succeeds.
  ///
  /// @throws MessageTooLargeException if not even the summary has room in `out`
  public static void encode(Throwable thrown, Encoder encoder, Output out) {
    List<Throwable> chain = chain(thrown);
    out.writeSize(chain.size());
    for (Throwable each : chain) {
      writeSummary(each, out);
    }
    int start = out.size();
    try {
      out.writeBoolean(true);
      encoder.encode(thrown, out);
    } catch (RejectedExecutionException e) {
      // It cannot travel, or is too large together with what is already written.
      out.truncate(start);
      out.writeBoolean(false);
      String reason = Throwables.message(e);
      out.writeUtf(reason == null ? "" : reason);
    }
  }

  /// Reads an exception: the original, or a [RemoteTaskException] in its place. It may run code of
  /// the user, like [Decoder#decode].
  ///
  /// @throws CorruptMessageException if the bytes are no exception, or end too soon
  public static Throwable decode(Input in, Decoder decoder, ClassLoader loader)
      throws CorruptMessageException {
    RemoteTaskException summary = readChain(in);
    if (!in.readBoolean()) {
      summary.addSuppressed(withoutTrace(in.readUtf(), null));
      return summary;
    }
    try {
      if (!(decoder.decode(in, loader) instanceof Throwable original)) {
        summary.addSuppressed(withoutTrace("what came in its place is no exception", null));
      } else if (!Throwables.canBeTold(original)) {
        summary.addSuppressed(withoutTrace("the original exception cannot be printed", null));
      } else {
        return original;
      }
    } catch (DecodeException e) {
      summary.addSuppressed(withoutTrace("the original exception cannot be read here", e));
    }
    return summary;
  }

  private static List<Throwable> chain(Throwable thrown) {
    var chain = new ArrayList<Throwable>(2);
    Throwable each = thrown;
    while (each != null && chain.size() < MOST_CAUSES) {
      chain.add(each);
      each = Throwables.cause(each);
    }
    return chain;
  }

  private static void writeSummary(Throwable thrown, Output out) {
    out.writeUtf(thrown.getClass().getName());
    String message = Throwables.message(thrown);
    out.writeBoolean(message != null);
    if (message != null) {
      out.writeUtf(message);
    }
    StackTraceElement[] frames = Throwables.frames(thrown);
    int count = Math.min(frames.length, MOST_FRAMES);
    out.writeSize(count);
    for (int i = 0; i < count; i++) {
      StackTraceElement frame = frames[i];
      out.writeUtf(orEmpty(frame.getModuleName()));
      out.writeUtf(frame.getClassName());
      out.writeUtf(frame.getMethodName());
      out.writeUtf(orEmpty(frame.getFileName()));
      out.writeInt(frame.getLineNumber());
    }
  }

  private static RemoteTaskException readChain(Input in) throws CorruptMessageException {
    int count = in.readSize();
    if (count < 1 || count > MOST_CAUSES) {
      throw new CorruptMessageException("an exception with a chain of " + count);
    }
    return readSummary(in, count);
  }

  private static RemoteTaskException readSummary(Input in, int count)
      throws CorruptMessageException {
    String className = in.readUtf();
    String message = in.readBoolean() ? in.readUtf() : null;
    int frameCount = in.readSize();
    if (frameCount > MOST_FRAMES) {
      throw new CorruptMessageException("a stack trace of " + frameCount + " frames");
    }
    var frames = new StackTraceElement[frameCount];
    for (int i = 0; i < frameCount; i++) {
      frames[i] = readFrame(in);
    }
    RemoteTaskException cause = count > 1 ? readSummary(in, count - 1) : null;
    return new RemoteTaskException(className, message, frames, cause);
  }

  /// Without the loader's name and the module's version, which only the JVM knows when to print.
  private static StackTraceElement readFrame(Input in) throws CorruptMessageException {
    String module = orNull(in.readUtf());
    String type = in.readUtf();
    String method = in.readUtf();
    String file = orNull(in.readUtf());
    return new StackTraceElement(null, module, null, type, method, file, in.readInt());
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }

  private static @Nullable String orNull(String text) {
    return text.isEmpty() ? null : text;
  }

  /// The place where the substitute was made says nothing about why.
  private static Throwable withoutTrace(String message, @Nullable Throwable cause) {
    var reason = new IllegalStateException(message, cause);
    reason.setStackTrace(new StackTraceElement[0]);
    return reason;
  }
}
