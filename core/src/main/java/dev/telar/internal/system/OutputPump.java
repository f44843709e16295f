package dev.telar.internal.system;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Carries one stream of a child process to a [LineHandler], line by line, on a thread of its own.
///
/// **Knowing that all is out.** A worker reports, with each result, how many bytes its Java streams
/// have written ([CountingStdio]); [#awaitConsumed] waits until so many have been handed over.
/// Native code and sub-processes write into the same pipe without being counted: that surplus is
/// learned (bytes consumed beyond those that Java had written) and asked for on top the next time,
/// so that raw bytes are not mistaken for awaited Java bytes.
///
/// ```
///   consumed  ──────────────────────────────▶│        read from the pipe
///   handed    ──────────────────────────▶│ part│       given to the handler as lines
///   wanted    = Java's bytes + surplus  ▲
/// ```
///
/// With the child's live counter at hand ([#OutputPump(Process, boolean, LineHandler,
/// LongSupplier)]) the surplus is a true lower bound. Without, it is a guess made when the pipe had
/// run dry, and may include Java bytes of the next task; then a wait ends when nothing more has
/// come for some milliseconds.
///
/// **Unfinished lines.** While part of a line is pending the thread does not block in `read`, where
/// nobody could ask it to emit that part, but waits on a condition and looks at the pipe from time
/// to time. So the handler is only ever called by this thread, and a handler that blocks for ever
/// delays nobody but its own child.
public final class OutputPump {
  private static final int TAIL_LINES = 20;
  private static final int TAIL_LINE_LENGTH = 2_000;

  /// Handlers are the user's code (a logging framework, say), so not the smallest possible.
  private static final long STACK_SIZE = 512 * 1024;

  private static final long SHORTEST_POLL = TimeUnit.MILLISECONDS.toNanos(1);
  private static final long LONGEST_POLL = TimeUnit.MILLISECONDS.toNanos(20);

  /// No new byte for so long after the process ended: a grandchild holds the pipe.
  private static final long QUIET_AT_END = TimeUnit.MILLISECONDS.toNanos(200);

  /// No new byte for so long: the surplus was guessed too high.
  private static final long QUIET_BETWEEN = TimeUnit.MILLISECONDS.toNanos(5);

  private static final System.Logger LOG = System.getLogger(OutputPump.class.getName());

  private final InputStream pipe;
  private final boolean error;
  private final LineHandler handler;
  private final BooleanSupplier alive;
  private final @Nullable LongSupplier javaCounter;
  private final LineAssembler lines = new LineAssembler(this::deliver);
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Condition asked = lock.newCondition();
  private final ArrayDeque<String> tail = new ArrayDeque<>();

  private volatile long consumed;
  private volatile long handed;
  private volatile long surplus;
  private volatile long lastByteNanos = System.nanoTime();
  private volatile boolean handling;
  private volatile boolean dry;
  private volatile boolean ended;
  private long flushUpTo; // guarded by lock
  private boolean handlerFailed; // only the pump's thread

  /// A pump of a started process; [#start] sets it going.
  ///
  /// @param error whether it carries the error stream
  public OutputPump(Process process, boolean error, LineHandler handler) {
    this(stream(process, error), error, handler, process::isAlive, null);
  }

  /// The same, for a child whose count of Java bytes can be read at any time.
  public OutputPump(Process process, boolean error, LineHandler handler, LongSupplier javaCounter) {
    this(stream(process, error), error, handler, process::isAlive, javaCounter);
  }

  OutputPump(
      InputStream pipe,
      boolean error,
      LineHandler handler,
      BooleanSupplier alive,
      @Nullable LongSupplier javaCounter) {
    this.pipe = pipe;
    this.error = error;
    this.handler = handler;
    this.alive = alive;
    this.javaCounter = javaCounter;
  }

  /// Starts the daemon thread that carries the bytes.
  public OutputPump start(String threadName) {
    Thread thread = new Thread(null, this::run, threadName, STACK_SIZE, false);
    thread.setDaemon(true);
    thread.start();
    return this;
  }

  /// Bytes read from the pipe so far.
  public long consumed() {
    return consumed;
  }

  /// The last 20 lines (cut to 2000 characters each), oldest first.
  public List<String> tail() {
    lock.lock();
    try {
      return List.copyOf(tail);
    } finally {
      lock.unlock();
    }
  }

  /// Waits until everything has been handed over that the child had written when its Java streams
  /// had written `javaBytes`, an unfinished line included, which becomes a line of its own.
  ///
  /// Returns at once, without a lock, where that is so already. Safe on virtual threads.
  ///
  /// @return false if the time was up first: the handler blocks, or the bytes never came
  public boolean awaitConsumed(long javaBytes, long timeoutNanos) throws InterruptedException {
    if (handed >= javaBytes + surplus) {
      learn(javaBytes);
      return true;
    }
    long begin = System.nanoTime();
    lock.lockInterruptibly();
    try {
      while (true) {
        if (handed >= javaBytes + surplus || ended) {
          learn(javaBytes);
          return true;
        }
        if (consumed >= javaBytes + surplus) {
          askForPart();
        }
        long now = System.nanoTime();
        long left = timeoutNanos - (now - begin);
        if (left <= 0) {
          return false;
        }
        // Without the live counter the surplus is a guess: do not insist on one that was too high.
        boolean guessed = javaCounter == null && consumed < javaBytes + surplus;
        if (guessed && consumed >= javaBytes && !handling) {
          long quiet = now - Math.max(begin, lastByteNanos);
          if (quiet >= QUIET_BETWEEN) {
            surplus = consumed - javaBytes;
            continue;
          }
          left = Math.min(left, QUIET_BETWEEN - quiet);
        }
        var _ = changed.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }

  /// Waits, after the process has died, until the stream has ended; or, where something else holds
  /// the pipe, until no byte has come for 200 ms.
  ///
  /// @return false if the time was up first
  public boolean awaitEnd(long timeoutNanos) throws InterruptedException {
    long begin = System.nanoTime();
    lock.lockInterruptibly();
    try {
      while (!ended) {
        askForPart();
        long now = System.nanoTime();
        long left = timeoutNanos - (now - begin);
        if (left <= 0) {
          return false;
        }
        long quiet = now - Math.max(begin, lastByteNanos);
        if (!handling) {
          if (quiet >= QUIET_AT_END && handed == consumed) {
            return true;
          }
          left = Math.min(left, Math.max(SHORTEST_POLL, QUIET_AT_END - quiet));
        }
        var _ = changed.awaitNanos(left);
      }
      return true;
    } finally {
      lock.unlock();
    }
  }

  private void run() {
    byte[] buffer = new byte[8192];
    try {
      while (true) {
        if (lines.pendingBytes() > 0) {
          awaitMoreOrFlush();
        }
        dry = pipe.available() == 0;
        int count = pipe.read(buffer);
        if (count < 0) {
          break;
        }
        take(buffer, count);
      }
    } catch (IOException closed) {
      // as good as its end
    } finally {
      end();
    }
  }

  private void take(byte[] buffer, int count) {
    dry = false;
    handling = true;
    long position = consumed + count;
    consumed = position;
    lastByteNanos = System.nanoTime();
    if (javaCounter != null) {
      surplus = Math.max(surplus, position - javaCounter.getAsLong());
    }
    lines.accept(buffer, count);
    publish();
  }

  /// Holds back from `read` while part of a line is pending, until there are more bytes, or the
  /// part has been asked for, or the process has ended and so has the line.
  private void awaitMoreOrFlush() throws IOException {
    long poll = SHORTEST_POLL;
    while (true) {
      boolean lived = alive.getAsBoolean(); // before looking: what it wrote is there by then
      if (pipe.available() > 0) {
        return;
      }
      if (!lived || isAsked(poll)) {
        handling = true;
        lines.flush();
        publish();
        return;
      }
      poll = Math.min(LONGEST_POLL, poll * 2);
    }
  }

  @SuppressWarnings("WaitNotInLoop") // the caller loops
  private boolean isAsked(long poll) {
    lock.lock();
    try {
      dry = true;
      if (flushUpTo <= handed) {
        var _ = asked.awaitNanos(poll);
      }
      return flushUpTo > handed;
    } catch (InterruptedException e) {
      return false; // nobody interrupts this thread but a handler of the user's
    } finally {
      lock.unlock();
    }
  }

  private void askForPart() {
    flushUpTo = consumed;
    asked.signal();
  }

  private void publish() {
    lock.lock();
    try {
      handed = consumed - lines.pendingBytes();
      handling = false;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void end() {
    handling = true;
    lines.flush();
    lock.lock();
    try {
      handed = consumed;
      handling = false;
      ended = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void learn(long javaBytes) {
    if (javaCounter == null && dry) {
      surplus = Math.max(0, handed - javaBytes);
    }
  }

  private void deliver(String line) {
    lock.lock();
    try {
      if (tail.size() == TAIL_LINES) {
        tail.removeFirst();
      }
      tail.addLast(line.substring(0, Math.min(line.length(), TAIL_LINE_LENGTH)));
    } finally {
      lock.unlock();
    }
    try {
      handler.line(error, line);
    } catch (Throwable failed) {
      if (!handlerFailed) {
        handlerFailed = true; // once: a broken handler must not flood the log
        LOG.log(System.Logger.Level.WARNING, "The output handler failed; going on", failed);
      }
    }
  }

  private static InputStream stream(Process process, boolean error) {
    return error ? process.getErrorStream() : process.getInputStream();
  }
}
