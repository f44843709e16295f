package dev.telar.internal.worker;

import dev.telar.internal.codec.Input;
import dev.telar.internal.system.ProcessTree;
import dev.telar.internal.system.RuntimeDirectory;
import dev.telar.internal.wire.Frame;
import dev.telar.internal.wire.FrameReader;
import dev.telar.internal.wire.StatusPage;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/// The thread that listens to the parent. It runs no user code, so that it always hears.
final class ControlLoop implements Runnable {

  private static final long HOOKS_MILLIS = 1000;
  private static final long CLOSING_MILLIS = 700;
  private static final long LAST_RESORT_MILLIS = 10_000;

  private final List<? extends Closeable> sockets;
  private final FrameReader control;
  private final StatusPage page;
  private final RemoteClasses classes;
  private final RunningJobs running;
  private final WorkerStates states;
  private final StackLook stacks;
  private final Path socket;

  ControlLoop(
      List<? extends Closeable> sockets,
      FrameReader control,
      StatusPage page,
      RemoteClasses classes,
      RunningJobs running,
      WorkerStates states,
      StackLook stacks,
      Path socket) {
    this.sockets = sockets;
    this.control = control;
    this.page = page;
    this.classes = classes;
    this.running = running;
    this.states = states;
    this.stacks = stacks;
    this.socket = socket;
  }

  void start() {
    Thread.ofPlatform().daemon().name("telar-control").start(this);
  }

  @Override
  public void run() {
    try {
      for (Frame frame; (frame = control.read()) != null; ) {
        switch (frame.type()) {
          case INTERRUPT -> stop(frame.body());
          case CLASS_BYTES -> classes.answered(frame.body());
          case SHUTDOWN -> {
            haltAfter(HOOKS_MILLIS);
            exit();
            return;
          }
          default -> {} // of a later version
        }
      }
    } catch (IOException e) {
      // as good as the end
    } catch (Throwable e) { // no memory, most likely; without this thread nobody hears the parent
      if (e instanceof OutOfMemoryError) {
        page.markOutOfMemory();
      }
      Runtime.getRuntime().halt(1);
    }
    parentIsGone();
  }

  private void stop(Input request) throws IOException, InterruptedException {
    long job = request.readLong();
    int item = request.readInt();
    if (request.readBoolean()) {
      try {
        stacks.at(job, item);
      } catch (OutOfMemoryError e) { // no thread or no heap to look with
        // the interrupt is what matters
      }
    }
    if (request.readBoolean()) {
      running.interrupt(job, item);
    }
  }

  /// The parent has crashed, was killed, or ended without saying so. First everything ends that was
  /// started here, however long that takes on a busy machine, then this process; shutdown hooks get
  /// a second, for the files of pools made in here.
  private void parentIsGone() {
    haltAfter(LAST_RESORT_MILLIS);
    ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly);
    String own = System.getenv(ProcessTree.WORKER_VARIABLE);
    if (own != null) {
      ProcessTree.killCarriers(ProcessTree.WORKER_VARIABLE, own);
    }
    RuntimeDirectory.sweepAfter(Objects.requireNonNull(socket.getParent()));
    haltAfter(HOOKS_MILLIS);
    exit();
  }

  /// The sockets are closed first, and this thread does not read on: HotSpot's exit waits up to 300
  /// ms for threads in native code, and a blocked read is such. It is also what makes job threads
  /// close their states.
  private void exit() {
    for (Closeable channel : sockets) {
      try {
        channel.close();
      } catch (IOException e) {
        // then the exit takes longer
      }
    }
    states.awaitClosed(CLOSING_MILLIS);
    System.exit(0);
  }

  private static void haltAfter(long millis) {
    Thread.ofPlatform().daemon().name("telar-halt").start(() -> haltIn(millis));
  }

  private static void haltIn(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      // then at once
    }
    Runtime.getRuntime().halt(1);
  }
}
