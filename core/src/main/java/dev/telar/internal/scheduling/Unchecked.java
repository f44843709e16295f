package dev.telar.internal.scheduling;

/// Throws what a user's iterator threw, as it is.
public final class Unchecked {

  private Unchecked() {}

  /// Throws any throwable without declaring it.
  ///
  /// @return never; typed so that the caller can write `throw`
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  public static <E extends Throwable> RuntimeException sneaky(Throwable error) throws E {
    throw (E) error;
  }
}
