package dev.telar.internal.codec;

import org.jspecify.annotations.Nullable;

/// Stack traces as plain words: nothing of the user's runs when they are read.
public final class StackTraces {

  private static final int DEEPEST = 1024;

  private StackTraces() {}

  /// Writes the innermost frames.
  public static void write(StackTraceElement[] frames, Output out) {
    int count = Math.min(frames.length, DEEPEST);
    out.writeInt(count);
    for (int i = 0; i < count; i++) {
      StackTraceElement frame = frames[i];
      text(frame.getClassLoaderName(), out);
      text(frame.getModuleName(), out);
      text(frame.getModuleVersion(), out);
      out.writeUtf(frame.getClassName());
      out.writeUtf(frame.getMethodName());
      text(frame.getFileName(), out);
      out.writeInt(frame.getLineNumber());
    }
  }

  /// Reads what [#write] has written.
  public static StackTraceElement[] read(Input in) throws CorruptMessageException {
    int count = in.readInt();
    if (count < 0 || count > DEEPEST) {
      throw new CorruptMessageException("a stack trace of " + count + " frames");
    }
    var frames = new StackTraceElement[count];
    for (int i = 0; i < count; i++) {
      frames[i] =
          new StackTraceElement(
              text(in), text(in), text(in), in.readUtf(), in.readUtf(), text(in), in.readInt());
    }
    return frames;
  }

  private static void text(@Nullable String text, Output out) {
    out.writeUtf(text == null ? "" : text);
  }

  private static @Nullable String text(Input in) throws CorruptMessageException {
    String text = in.readUtf();
    return text.isEmpty() ? null : text;
  }
}
