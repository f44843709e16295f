package dev.telar.internal.worker;

import dev.telar.Action;
import dev.telar.internal.bulk.AttachedSegments;
import dev.telar.internal.bulk.SegmentStore;
import dev.telar.internal.codec.ClassDictionary;
import dev.telar.internal.codec.ClassTable;
import dev.telar.internal.codec.Decoder;
import dev.telar.internal.codec.Encoder;
import dev.telar.internal.codec.Failures;
import dev.telar.internal.codec.Input;
import dev.telar.internal.codec.Output;
import dev.telar.internal.system.CountingStdio;
import dev.telar.internal.system.Nesting;
import dev.telar.internal.system.OomScore;
import dev.telar.internal.system.ShutdownMark;
import dev.telar.internal.wire.Connection;
import dev.telar.internal.wire.Frame;
import dev.telar.internal.wire.FrameReader;
import dev.telar.internal.wire.FrameType;
import dev.telar.internal.wire.FrameWriter;
import dev.telar.internal.wire.StatusPage;
import dev.telar.internal.wire.UninterruptibleChannel;
import dev.telar.internal.wire.UpkeepSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// The main class of a worker process.
///
/// ```
///   main        greets the parent, runs the initializer, then is the first job thread
///   job-2 …n    more job threads, if the pool wants several tasks at once in a process
///   control     reads what must not wait behind jobs: interrupts, class files, the end
/// ```
///
/// When the control socket ends the parent is gone, and so is this process: see [ControlLoop].
public final class WorkerMain {

  /// The environment variable with the token for the handshake.
  public static final String TOKEN_VARIABLE = "TELAR_TOKEN";

  private WorkerMain() {}

  /// Runs a worker.
  ///
  /// @param args the socket, the status page, `pool` or `single`, and the name of the worker
  public static void main(String[] args) throws Exception {
    Path socket = Path.of(args[0]);
    StatusPage page = StatusPage.open(Path.of(args[1]));
    boolean single = args[2].equals("single");
    OomScore.raise();
    CountingStdio.install(page.counters());
    Signals.ignoreInterrupt();
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> page.shutdownMark(ShutdownMark.observe().code()), "telar-shutdown-mark"));
    String token = System.getenv(TOKEN_VARIABLE);
    Connection connection = Connection.connect(socket, token == null ? "" : token);

    var dictionary = new ClassDictionary();
    var controlChannel = new UninterruptibleChannel(connection.control());
    var workChannel = new UninterruptibleChannel(connection.work());
    var control = new FrameReader(controlChannel);
    var out = new FrameWriter(controlChannel, dictionary);
    var remote = new RemoteClasses(out);
    var classes = new ClassTable();
    var running = new RunningJobs();
    var decoder = new Decoder(classes, AttachedSegments.ofParent(socket));
    Input setup = expectSetup(control, classes);
    int threads = setup.readInt();
    var upkeep = new Upkeep(UpkeepSettings.read(setup), out, running);
    var states = new WorkerStates(remote, decoder, page, upkeep, out);
    var loop =
        new JobLoop(
            new FrameReader(workChannel),
            out,
            page,
            classes,
            new Encoder(dictionary, SegmentStore.ofWorker(socket)),
            decoder,
            remote,
            running,
            states,
            upkeep,
            threads == 1);
    new ControlLoop(
            List.of(workChannel, controlChannel),
            control,
            page,
            remote,
            running,
            states,
            new StackLook(running, out),
            socket)
        .start();
    if (!initialized(setup, new Decoder(classes), remote, out, new Encoder(dictionary))) {
      Thread.currentThread().join(); // until the parent has read why, and ends us
    }
    upkeep.accept();
    out.write(FrameType.READY);
    if (single) {
      Thread.currentThread().setName(args[3]);
      loop.runOne();
      return; // as from any main: the JVM ends when no other thread keeps it alive
    }
    for (int i = 2; i <= threads; i++) {
      Thread.ofPlatform().daemon().name("telar-job-" + i).start(loop);
    }
    OutOfMemory.watchOtherThreads(page, out);
    Thread.currentThread().setName("telar-job-1");
    loop.run();
  }

  private static Input expectSetup(FrameReader control, ClassTable classes) throws IOException {
    for (Frame frame; (frame = control.read()) != null; ) {
      if (frame.type() == FrameType.SETUP) {
        return frame.body();
      }
      classes.define(frame.body());
    }
    Runtime.getRuntime().halt(0); // the parent went away before we were set up
    throw new AssertionError();
  }

  private static boolean initialized(
      Input setup, Decoder decoder, RemoteClasses remote, FrameWriter out, Encoder encoder)
      throws IOException {
    try {
      ClassLoader loader = remote.loader(setup.readInt());
      Thread.currentThread().setContextClassLoader(loader);
      Action initializer;
      Nesting.beginReading();
      try {
        initializer = (Action) decoder.decode(setup, loader);
      } finally {
        Nesting.endReading();
      }
      if (initializer != null) {
        initializer.act();
      }
      return true;
    } catch (Throwable e) {
      var why = new Output();
      Failures.encode(e, encoder, why);
      out.write(FrameType.REFUSED, why);
      return false;
    }
  }
}
