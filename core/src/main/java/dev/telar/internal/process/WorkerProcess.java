package dev.telar.internal.process;

import dev.telar.WorkerStartException;
import dev.telar.internal.bulk.AttachedSegments;
import dev.telar.internal.codec.ClassTable;
import dev.telar.internal.codec.Output;
import dev.telar.internal.scheduling.Callbacks;
import dev.telar.internal.scheduling.Deadlines;
import dev.telar.internal.system.ExitStatus;
import dev.telar.internal.system.ProcessState;
import dev.telar.internal.system.ProcessTree;
import dev.telar.internal.system.ShutdownMark;
import dev.telar.internal.system.UnexplainedKills;
import dev.telar.internal.wire.Connection;
import dev.telar.internal.wire.Frame;
import dev.telar.internal.wire.FrameReader;
import dev.telar.internal.wire.FrameType;
import dev.telar.internal.wire.Outbox;
import dev.telar.internal.wire.StatusPage;
import java.io.IOException;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// A child JVM and its wires: started, greeted, listened to, and buried.
final class WorkerProcess {

  private static final String MAIN = "dev.telar.internal.worker.WorkerMain";
  private static final String TOKEN_VARIABLE = "TELAR_TOKEN";
  private static final AtomicLong NUMBERS = new AtomicLong();
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int DEATH_SECONDS = 2;

  /// How long results that a dead worker had written are still read.
  private static final long LAST_RESULTS_NANOS = TimeUnit.SECONDS.toNanos(10);

  private final WorkerSpec spec;
  private final String name;
  private final String mark;
  private final String token;
  private final Path socket;
  private final Path pageFile;
  private final StatusPage page;
  private final ServerSocketChannel server;
  private final Process process;
  private final WorkerOutput output;
  private final ClassTable classes = new ClassTable();
  private final AttachedSegments segments;
  private @Nullable Connection connection;
  private @Nullable FrameReader reader;
  private @Nullable Outbox work;
  private @Nullable ControlWriter control;
  private final Instant started = Instant.now();
  private final AtomicReference<@Nullable Kill> killReason = new AtomicReference<>();
  private volatile boolean killed;
  private volatile long diedNanos;
  private @Nullable ErrorReport errorReport;
  private @Nullable Autopsy autopsy;

  private WorkerProcess(
      WorkerSpec spec,
      String name,
      String mark,
      String token,
      Path socket,
      Path pageFile,
      StatusPage page,
      ServerSocketChannel server,
      Process process) {
    this.spec = spec;
    this.name = name;
    this.mark = mark;
    this.token = token;
    this.socket = socket;
    this.pageFile = pageFile;
    this.page = page;
    this.server = server;
    this.process = process;
    this.segments = AttachedSegments.ofWorker(socket);
    this.output = new WorkerOutput(process, page, name, spec.output().apply(name));
  }

  /// Starts a child. Its JVM is not up yet when this returns.
  ///
  /// @throws StartFailure if the operating system refuses
  static WorkerProcess start(WorkerSpec spec, String name) throws StartFailure {
    long number = NUMBERS.incrementAndGet();
    Path socket = spec.directory().file("w" + number + ".sock");
    Path pageFile = spec.directory().file("w" + number + ".page");
    String cookie = spec.directory().path().getFileName() + "-w" + number;
    String mark = ProcessTree.nested(ProcessTree.WORKER_VARIABLE, cookie);
    byte[] secret = new byte[16];
    RANDOM.nextBytes(secret);
    String token = HexFormat.of().formatHex(secret);
    ServerSocketChannel server = null;
    Process process = null;
    try {
      StatusPage page = StatusPage.create(pageFile);
      server = Connection.listen(socket);
      process = launch(spec, name, socket, pageFile, mark, token);
      return new WorkerProcess(spec, name, mark, token, socket, pageFile, page, server, process);
    } catch (Exception | Error e) {
      if (process != null) {
        process.destroyForcibly();
      }
      close(server);
      delete(socket);
      delete(pageFile);
      throw StartFailure.of(name, e);
    }
  }

  private static void close(@Nullable ServerSocketChannel server) {
    try {
      if (server != null) {
        server.close();
      }
    } catch (IOException e) {
      // closed is closed
    }
  }

  private static Process launch(
      WorkerSpec spec, String name, Path socket, Path pageFile, String mark, String token)
      throws IOException {
    var builder =
        new ProcessBuilder(
            spec.command()
                .with(
                    socket.toString(), pageFile.toString(), spec.single() ? "single" : "pool", name)
                .command());
    builder.environment().putAll(spec.environment());
    builder.environment().put(ProcessTree.COOKIE_VARIABLE, spec.directory().cookie());
    builder.environment().put(ProcessTree.WORKER_VARIABLE, mark);
    builder.environment().put(TOKEN_VARIABLE, token);
    if (spec.workingDirectory() != null) {
      builder.directory(spec.workingDirectory().toFile());
    }
    UnexplainedKills.HERE.look();
    Process process = builder.start();
    process.getOutputStream().close(); // an empty standard input
    return process;
  }

  static String mainClass() {
    return MAIN;
  }

  String name() {
    return name;
  }

  long pid() {
    return process.pid();
  }

  StatusPage page() {
    return page;
  }

  ClassTable classes() {
    return classes;
  }

  /// The memory in which the worker sends large values.
  AttachedSegments segments() {
    return segments;
  }

  FrameReader reader() {
    return Objects.requireNonNull(reader);
  }

  Outbox work() {
    return Objects.requireNonNull(work);
  }

  ControlWriter control() {
    return Objects.requireNonNull(control);
  }

  /// Waits until the worker is up and its initializer has run.
  ///
  /// @throws StartFailure with the child's own words if it dies, or its time is up
  void awaitReady() throws IOException, InterruptedException, StartFailure {
    long limit = Deadlines.saturatedNanos(spec.startTimeout());
    long begin = System.nanoTime();
    // A child that has connected and then hangs is waited for in a read, which its death ends.
    Future<?> alarm = Deadlines.after(limit, () -> Callbacks.runUntrusted(this::kill));
    try {
      connection =
          Connection.accept(
              server, token, () -> process.isAlive() && System.nanoTime() - begin < limit);
    } finally {
      alarm.cancel(false);
      server.close();
      delete(socket);
    }
    if (connection == null) {
      throw System.nanoTime() - begin >= limit
          ? failure("it did not start within " + spec.startTimeout().toMillis() + " ms", false)
          : failure("it " + bury().describe(), false);
    }
    // Should the socket outlive the process in the hands of a grandchild, this ends every wait for
    // it.
    var _ =
        process.onExit().thenRun(() -> Deadlines.after(LAST_RESULTS_NANOS, this::closeConnection));
    reader = new FrameReader(connection.control());
    work =
        new Outbox(
            connection.work(),
            spec.dictionary(),
            name + "-sender",
            () -> Callbacks.runUntrusted(this::kill));
    control = new ControlWriter(connection.control(), spec.dictionary(), name + "-control");
    new WorkerSetup(this, spec).run();
  }

  /// What a worker that has not come up is told by, with its own words; it is dead then.
  ///
  /// @param isFinal whether another worker would fail as well
  StartFailure failure(String what, boolean isFinal) throws InterruptedException {
    if (process.isAlive()) {
      kill();
      var _ = bury();
    }
    var message = new StringBuilder(name).append(" cannot be started: ").append(what);
    List<String> words = new ArrayList<>(output.lastOutputLines());
    words.addAll(output.lastErrorLines());
    if (!words.isEmpty()) {
      message.append("; it said:\n  ").append(String.join("\n  ", words));
    }
    return new StartFailure(new WorkerStartException(message.toString()), isFinal);
  }

  /// Serves a class to the worker, in a thread of its own: the parent's loader may be user code.
  void answer(Frame request) throws IOException {
    int number = request.body().readInt();
    int loader = request.body().readInt();
    String resource = request.body().readUtf();
    Callbacks.runUntrusted(
        () -> {
          byte[] bytes = spec.loaders().resource(loader, resource);
          var answer = new Output();
          answer.writeInt(number);
          answer.writeBoolean(bytes != null);
          if (bytes != null) {
            answer.write(bytes);
          }
          control().write(FrameType.CLASS_BYTES, answer);
        });
  }

  /// Waits until what the worker has printed so far is out, for a bounded time.
  void awaitOutput() {
    output.await();
  }

  /// What the JVM's own report says of its crash, if it left one. Known after [#bury()].
  Optional<ErrorReport> errorReport() {
    return Optional.ofNullable(errorReport);
  }

  List<String> lastErrorLines() {
    return output.lastErrorLines();
  }

  /// What the worker died of. Known after [#bury()], if that did not fail.
  Autopsy autopsy() {
    Autopsy found = autopsy;
    return found != null ? found : Autopsy.failed(name, pid());
  }

  /// Why Telar killed it, if it did so for a reason that its tasks are told.
  @Nullable Kill killReason() {
    return killReason.get();
  }

  /// When its death was noticed, as of [System#nanoTime()].
  long diedNanos() {
    return diedNanos;
  }

  /// The worker is about to be killed, for a reason that its tasks are told; the first one counts.
  void condemn(Kill why) {
    killReason.compareAndSet(null, why);
  }

  /// Whether Telar has begun to kill it, for whatever reason.
  boolean isKilled() {
    return killed;
  }

  boolean isCondemned() {
    return killReason.get() != null;
  }

  /// Kills the worker and everything that it has started.
  void kill() {
    killed = true;
    ProcessTree.kill(process.toHandle(), mark);
  }

  void killIfAlive() {
    if (process.isAlive()) {
      kill();
    }
  }

  /// Asks the process to end: SIGTERM.
  void terminate() {
    process.destroy();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /// Whether the process does not run because somebody has stopped it (SIGSTOP).
  boolean isStopped() {
    return ProcessState.of(process.pid()).isStopped();
  }

  private void closeConnection() {
    try {
      if (work != null) {
        work.close();
      }
      if (connection != null) {
        connection.close();
      }
    } catch (IOException e) {
      // closed is closed
    }
  }

  /// After its socket has ended: makes sure that the process and all it has started are dead and
  /// what it printed is out, and tells how it ended.
  ExitStatus bury() throws InterruptedException {
    diedNanos = System.nanoTime();
    boolean ownEnd = process.waitFor(DEATH_SECONDS, TimeUnit.SECONDS);
    if (!ownEnd) {
      kill();
      process.waitFor();
    }
    ShutdownMark shutdown = killed ? ShutdownMark.NONE : new ShutdownMark(page.shutdownMark());
    ProcessTree.killCarriers(ProcessTree.WORKER_VARIABLE, mark);
    output.awaitEnd();
    closeConnection();
    delete(socket);
    delete(pageFile);
    segments.senderDied();
    ExitStatus status = ExitStatus.of(process.exitValue(), shutdown);
    examine(status, shutdown, ownEnd);
    return status;
  }

  private void examine(ExitStatus status, ShutdownMark shutdown, boolean ownEnd) {
    Path report = spec.reports().of(process.pid());
    errorReport = ErrorReport.read(report, started).orElse(null);
    boolean kept = errorReport != null && spec.reports().kept();
    if (!spec.reports().kept()) {
      delete(report);
    }
    autopsy =
        Autopsy.of(
            name,
            process.pid(),
            new Autopsy.Findings(
                status,
                shutdown,
                page.outOfMemory(),
                ownEnd,
                killReason.get(),
                status.isKilled() && !killed && UnexplainedKills.HERE.wasTheKernel(),
                errorReport,
                kept ? report : null,
                output.lastOutputLines(),
                output.lastErrorLines()));
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      // the directory goes as a whole later
    }
  }
}
