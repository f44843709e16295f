package dev.telar.internal.shared;

import dev.telar.internal.codec.CorruptMessageException;
import dev.telar.internal.codec.DecodeException;
import dev.telar.internal.codec.ElementCodec;
import dev.telar.internal.codec.Input;
import dev.telar.internal.codec.Output;
import dev.telar.internal.connect.Loading;
import dev.telar.internal.memory.Block;
import dev.telar.internal.memory.BlockHandle;
import dev.telar.internal.memory.ClosedRingException;
import dev.telar.internal.memory.FaultPoint;
import dev.telar.internal.memory.Ring;
import dev.telar.internal.memory.SharedArena;
import dev.telar.shared.Connection;
import dev.telar.shared.ConnectionEndedException;
import dev.telar.shared.Pipe;
import dev.telar.shared.SharedClosedException;
import dev.telar.shared.UnreadableElementException;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// One end of a [Pipe]: two rings, and who holds which end.
///
/// ```
///    64  first end:  its holder (4), closed (4)
///   128  second end: its holder (4), closed (4)
///   192  ring from first to second
///     …  ring from second to first
/// ```
///
/// The block of the second end is that of the first without its first 64 bytes, so that each end
/// has a handle of its own.
final class MappedPipeEnd<S, R> extends MappedObject implements Connection<S, R> {
  private static final long serialVersionUID = 1L;
  private static final long CAPACITY = 64 << 10;
  private static final long SHIFT = 64;
  private static final long FIRST = 64;
  private static final long SECOND = 128;
  private static final long CLOSED = 4;
  private static final long THERE = 192;
  private static final long BACK = THERE + ((Ring.bytes(CAPACITY) + 63) & -64);
  private static final long BYTES = BACK + Ring.bytes(CAPACITY);

  private final transient ElementCodec codec = new ElementCodec();
  private final transient boolean isFirst;
  private final transient long own;
  private final transient long other;
  private final transient Ring out;
  private final transient Ring in;
  private final transient int self;

  private MappedPipeEnd(ObjectKind kind, Block block, boolean isFirst) {
    super(kind, block);
    this.isFirst = isFirst;
    long shift = isFirst ? 0 : SHIFT;
    this.own = (isFirst ? FIRST : SECOND) - shift;
    this.other = (isFirst ? SECOND : FIRST) - shift;
    var there = new Ring(block, THERE - shift, CAPACITY, Integer.MAX_VALUE, this);
    var back = new Ring(block, BACK - shift, CAPACITY, Integer.MAX_VALUE, this);
    this.out = isFirst ? there : back;
    this.in = isFirst ? back : there;
    this.self = arena().participants().self();
  }

  /// Whoever received it last holds it; also if he had it before.
  @Override
  void received() {
    block().setInt(own, self);
    FaultPoint.at("pipe.held");
  }

  static MappedObject first(Block block) {
    return new MappedPipeEnd<>(ObjectKind.PIPE_FIRST, block, true);
  }

  static MappedObject second(Block block) {
    return new MappedPipeEnd<>(ObjectKind.PIPE_SECOND, block, false);
  }

  /// A new pipe.
  @SuppressWarnings("unchecked") // a new pipe is of whatever its maker wants
  static <A, B> Pipe<A, B> create(SharedArena arena) {
    Block whole = arena.allocateFile(BYTES);
    BlockHandle handle = whole.handle();
    Block rest =
        SharedArena.attach(
            new BlockHandle(
                handle.directory(), handle.arena(), handle.file(), SHIFT, BYTES - SHIFT));
    return new Pipe<>(
        (Connection<A, B>) ObjectKind.PIPE_FIRST.object(whole),
        (Connection<B, A>) ObjectKind.PIPE_SECOND.object(rest));
  }

  /// First in every operation.
  private void checkUsable() throws ConnectionEndedException {
    checkOpen();
    if (block().getInt(own) == 0) {
      block().compareAndSetInt(own, 0, self); // its maker holds what it uses
    }
    if (isClosedHere()) {
      throw new ConnectionEndedException(this + " was closed by this side");
    }
  }

  private boolean isClosedHere() {
    return block().getInt(own + CLOSED) != 0;
  }

  private boolean isPeerClosed() {
    return block().getInt(other + CLOSED) != 0;
  }

  private boolean isPeerDead() {
    int holder = block().getInt(other);
    return holder != 0 && holder != self && arena().participants().isDead(holder);
  }

  private boolean isOver() {
    return isPeerClosed() || isClosedHere() || isPeerDead();
  }

  private ConnectionEndedException ended() {
    if (!isClosedHere()) {
      out.clear(); // nobody is left to receive it
    }
    return new ConnectionEndedException(
        isClosedHere()
            ? this + " was closed by this side"
            : isPeerClosed()
                ? this + " was closed by the other side"
                : this + " has ended: the process that held the other side died");
  }

  @Override
  public void send(S message) throws IOException, InterruptedException {
    checkUsable();
    var bytes = new Output(128);
    codec.encode(Objects.requireNonNull(message, "message"), bytes);
    if (isOver() || !put(bytes.toByteArray())) {
      throw ended();
    }
  }

  private boolean put(byte[] bytes) throws InterruptedException {
    try {
      return out.put(bytes, Long.MAX_VALUE, this::isOver);
    } catch (ClosedRingException e) {
      throw new AssertionError("nobody closes the ring of a pipe", e);
    }
  }

  @Override
  @SuppressWarnings("unchecked") // what is sent is an R
  public R receive() throws IOException, InterruptedException {
    checkUsable();
    byte[] bytes = take();
    if (bytes == null) {
      throw ended();
    }
    try {
      return (R) Objects.requireNonNull(codec.decode(Input.of(bytes), Loading.loader()));
    } catch (DecodeException | CorruptMessageException e) {
      throw unreadable(e);
    }
  }

  private byte @Nullable [] take() throws InterruptedException {
    try {
      return in.take(Long.MAX_VALUE, () -> {}, () -> {}, this::isOver);
    } catch (ClosedRingException e) {
      throw new AssertionError("nobody closes the ring of a pipe", e);
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  private UnreadableElementException unreadable(IOException e) {
    return new UnreadableElementException(
        "a message of " + this + " cannot be read here, and is lost: " + e.getMessage(), e);
  }

  @Override
  public boolean poll(Duration timeout) throws InterruptedException {
    checkOpen();
    return in.awaitElement(TimeUnit.NANOSECONDS.convert(timeout), this::isOver);
  }

  @Override
  public boolean isReady() {
    checkOpen();
    return !in.isEmpty() || isOver();
  }

  @Override
  public Runnable onReady(Runnable signal) {
    Runnable cancel = in.onNotEmpty(signal);
    boolean done = false;
    try {
      if (isReady()) {
        signal.run();
      }
      done = true;
      return cancel;
    } finally {
      if (!done) {
        cancel.run(); // the Shared has ended
      }
    }
  }

  @Override
  public void close() {
    if (!isOpen()) {
      return; // with its Shared
    }
    block().setInt(own + CLOSED, 1);
    FaultPoint.at("pipe.closed");
    out.wakeAll();
    in.wakeAll();
    try {
      in.clear(); // nobody will receive it
      if (isPeerClosed() || isPeerDead()) {
        out.clear();
      }
    } catch (SharedClosedException meanwhile) {
      // then all of it is gone
    }
  }

  @Override
  public String toString() {
    return "the " + (isFirst ? "first" : "second") + " end of a Pipe";
  }
}
