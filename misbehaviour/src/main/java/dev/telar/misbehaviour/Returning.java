package dev.telar.misbehaviour;

import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/// Results that are hard to bring home.
final class Returning {

  private static final int DEEP = 100_000;
  private static final int BOMB_DEPTH = 100;

  /// Whether readers in this JVM are to give up.
  private static final CountDownLatch RELEASED = new CountDownLatch(1);

  private Returning() {}

  static void releaseReaders() {
    RELEASED.countDown();
  }

  static Object whatCannotTravel() {
    return Thread.currentThread();
  }

  static Object deepGraph() {
    Link chain = null;
    for (int i = 0; i < DEEP; i++) {
      chain = new Link(chain);
    }
    return new Link(chain);
  }

  static Object whatIsReadForEver() {
    return new ReadForEver();
  }

  /// Each set of a level holds both sets of the next one, so that the hash code of the outermost
  /// takes 2^100 steps. They are put together from outside to inside, while the inner ones are
  /// still empty and cheap to hash. (Known since 2015 as SerialDOS, by Wouter Coekaerts.)
  static Object bomb() {
    Set<Object> root = new HashSet<>();
    Set<Object> left = root;
    Set<Object> right = new HashSet<>();
    for (int i = 0; i < BOMB_DEPTH; i++) {
      Set<Object> innerLeft = new HashSet<>();
      Set<Object> innerRight = new HashSet<>();
      innerLeft.add(new Fuse()); // makes it unlike the other one
      left.add(innerLeft);
      left.add(innerRight);
      right.add(innerLeft);
      right.add(innerRight);
      left = innerLeft;
      right = innerRight;
    }
    return root;
  }

  private static final class Link implements Serializable {
    @SuppressWarnings("UnusedVariable") // its depth is all there is to it
    private final @Nullable Link next;

    Link(@Nullable Link next) {
      this.next = next;
    }
  }

  private static final class ReadForEver implements Serializable {
    private final long home = ProcessHandle.current().pid();

    private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
      in.defaultReadObject();
      while (home != ProcessHandle.current().pid()) {
        if (RELEASED.getCount() == 0) {
          throw new IOException("released");
        }
        Thread.onSpinWait();
      }
    }
  }

  /// Is hashed at every step, and so can end it.
  private static final class Fuse implements Serializable {
    @Override
    public int hashCode() {
      if (RELEASED.getCount() == 0) {
        throw new IllegalStateException("released");
      }
      return 1;
    }

    @Override
    @SuppressWarnings("EqualsWhichDoesntCheckParameterClass") // identity
    public boolean equals(@Nullable Object other) {
      return this == other;
    }
  }
}
