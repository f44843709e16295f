package dev.telar.testing;

import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.util.concurrent.CountDownLatch;

/// What user code can do to the JVM that runs it.
public enum Fault {
  /// A crash in native code: a core dump is asked for, the process ends by signal 6, the report
  /// tells of 11.
  CRASH {
    @Override
    public void strike() {
      signal("SEGV");
    }
  },
  KILL {
    @Override
    public void strike() {
      signal("KILL");
    }
  },
  HALT {
    @Override
    public void strike() {
      Runtime.getRuntime().halt(7);
    }
  },
  EXIT {
    @Override
    public void strike() {
      System.exit(7);
    }
  },
  EXCEPTION {
    @Override
    public void strike() {
      throw new IllegalStateException("struck");
    }
  },
  ERROR {
    @Override
    public void strike() {
      throw new AssertionError("struck");
    }
  };

  /// Does it.
  public abstract void strike();

  /// Whether it ends the JVM.
  public boolean deadly() {
    return ordinal() < EXCEPTION.ordinal();
  }

  private static void signal(String name) {
    try {
      new ProcessBuilder("kill", "-" + name, String.valueOf(ProcessHandle.current().pid()))
          .start()
          .waitFor();
      Thread.sleep(60_000);
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /// Strikes when it is read in another JVM than the one that made it.
  public static final class WhenRead implements Serializable {
    private final Fault fault;
    private final byte[] before;

    public WhenRead(Fault fault) {
      this(fault, 0);
    }

    /// With so many bytes that are read before.
    public WhenRead(Fault fault, int bytes) {
      this.fault = fault;
      this.before = new byte[bytes];
    }

    private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
      in.defaultReadObject();
      fault.strike();
    }

    /// How many bytes it carries.
    public int size() {
      return before.length;
    }
  }

  /// Strikes when it is written.
  public static final class WhenWritten implements Serializable {
    private final Fault fault;
    private final byte[] before;

    public WhenWritten(Fault fault) {
      this(fault, 0);
    }

    /// With so many bytes that are written before.
    public WhenWritten(Fault fault, int bytes) {
      this.fault = fault;
      this.before = new byte[bytes];
    }

    private void writeObject(ObjectOutputStream out) throws IOException {
      out.defaultWriteObject();
      out.flush();
      fault.strike();
    }

    /// How many bytes it carries.
    public int size() {
      return before.length;
    }
  }

  /// Loops when it is read, until it is released in that JVM.
  public static final class LoopWhenRead implements Serializable {
    private static volatile CountDownLatch released = new CountDownLatch(1);
    private static volatile CountDownLatch reading = new CountDownLatch(1);

    private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
      in.defaultReadObject();
      reading.countDown();
      while (released.getCount() > 0) {
        Thread.onSpinWait();
      }
    }

    /// Waits until somebody reads.
    public static void awaitReading() throws InterruptedException {
      reading.await();
    }

    /// Ends all loops in this JVM.
    public static void release() {
      released.countDown();
    }

    /// Lets the next ones loop.
    public static void reset() {
      released = new CountDownLatch(1);
      reading = new CountDownLatch(1);
    }
  }
}
