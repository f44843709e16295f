package dev.telar.internal.connect;

/// Where the classes of received values are looked up: in the loader of the thread that receives,
/// which in a task is that of the task.
public final class Loading {
  private Loading() {}

  /// The loader.
  public static ClassLoader loader() {
    ClassLoader own = Thread.currentThread().getContextClassLoader();
    return own == null ? ClassLoader.getSystemClassLoader() : own;
  }
}
