package dev.telar.misbehaviour;

import java.util.Locale;
import java.util.TimeZone;
import org.jspecify.annotations.Nullable;

/// What a task can leave behind for the next one.
final class Leftovers {

  private static final int THREADS = 3;
  private static final int LOWEST_NICE = 19;

  private Leftovers() {}

  static @Nullable Object threads() {
    for (int i = 1; i <= THREADS; i++) {
      Thread.ofPlatform().daemon(false).name("left-behind-" + i).start(Hangs::swallowInterrupts);
    }
    return null;
  }

  static @Nullable Object hangingHook() {
    Runtime.getRuntime().addShutdownHook(new Thread(Hangs::swallowInterrupts, "hanging-hook"));
    return null;
  }

  static @Nullable Object interrupted() {
    Thread.currentThread().interrupt();
    return null;
  }

  static @Nullable Object locale() {
    Locale.setDefault(Locale.of("tr", "TR"));
    return null;
  }

  static @Nullable Object timeZone() {
    TimeZone.setDefault(TimeZone.getTimeZone("Pacific/Kiritimati"));
    return null;
  }

  static @Nullable Object systemProperties() {
    System.setProperty("user.dir", "/nowhere");
    System.setProperty("line.separator", "|");
    System.setProperty("file.separator", "!");
    System.setProperty("misbehaviour.was.here", "true");
    System.clearProperty("java.io.tmpdir");
    return null;
  }

  static @Nullable Object contextClassLoader() {
    Thread.currentThread().setContextClassLoader(new FindsNothing());
    return null;
  }

  @SuppressWarnings("ThreadPriorityCheck") // that is the accident
  static @Nullable Object lowestPriority() {
    Thread.currentThread().setPriority(Thread.MIN_PRIORITY);
    Native.setNice(LOWEST_NICE);
    return null;
  }

  private static final class FindsNothing extends ClassLoader {
    FindsNothing() {
      super(null);
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      throw new ClassNotFoundException(name);
    }
  }
}
