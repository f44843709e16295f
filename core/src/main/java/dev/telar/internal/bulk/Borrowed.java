package dev.telar.internal.bulk;

import java.lang.ref.Cleaner;
import org.jspecify.annotations.Nullable;

/// The memory of a sender that the values of one message lie in. Forgotten, it is given back when
/// it is garbage.
public final class Borrowed {
  /// The memory beside most messages.
  public static final Borrowed NOTHING = new Borrowed(null);

  private final Cleaner.@Nullable Cleanable end;

  Borrowed(@Nullable Runnable giveBack) {
    end = giveBack == null ? null : Garbage.CLEANER.register(this, giveBack);
  }

  /// Gives it back: nobody will read the values.
  public void release() {
    if (end != null) {
      end.clean();
    }
  }
}
