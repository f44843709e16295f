package dev.telar.internal.scheduling;

import java.util.concurrent.ThreadFactory;

/// Makes the daemon threads that outlive a pool. They keep nothing of whoever caused them: no
/// context class loader and no inheritable thread-locals, so that a redeployed application can be
/// collected.
public final class Daemons {

  private Daemons() {}

  /// Threads of one name, numbered.
  public static ThreadFactory named(String prefix) {
    ThreadFactory factory =
        Thread.ofPlatform()
            .daemon()
            .inheritInheritableThreadLocals(false)
            .name(prefix, 1)
            .factory();
    return work -> {
      Thread thread = factory.newThread(work);
      thread.setContextClassLoader(ClassLoader.getSystemClassLoader());
      return thread;
    };
  }
}
