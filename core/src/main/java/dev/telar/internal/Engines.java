package dev.telar.internal;

import dev.telar.Action;
import dev.telar.PendingLimit;
import dev.telar.PoolListener;
import dev.telar.ProcessPool;
import dev.telar.ProcessPoolConfig;
import dev.telar.TaskOptions;
import dev.telar.ThreadPool;
import dev.telar.Waitable;
import dev.telar.Worker;
import dev.telar.internal.connect.AnyOf;
import dev.telar.internal.connect.SocketConnection;
import dev.telar.internal.connect.SocketListener;
import dev.telar.internal.memory.NamedMemory;
import dev.telar.internal.process.ProcessEngine;
import dev.telar.internal.process.ProcessPoolView;
import dev.telar.internal.process.SingleProcess;
import dev.telar.internal.progress.ProgressSink;
import dev.telar.internal.shared.MappedMemory;
import dev.telar.internal.shared.OpenedShared;
import dev.telar.internal.system.MachineLimits;
import dev.telar.internal.system.Nesting;
import dev.telar.internal.threads.LocalPool;
import dev.telar.internal.threads.ThreadEngine;
import dev.telar.internal.threads.ThreadWorker;
import dev.telar.internal.threads.VirtualThreadEngine;
import dev.telar.shared.Connection;
import dev.telar.shared.ConnectionOptions;
import dev.telar.shared.Listener;
import dev.telar.shared.Shared;
import dev.telar.shared.SharedMemory;
import java.io.IOException;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Makes what is behind the API. It is the only internal class that packages `dev.telar` and
/// `dev.telar.shared` know.
public final class Engines {

  private Engines() {}

  /// A pool of platform threads.
  public static ThreadPool threads(
      String name,
      int threads,
      TaskOptions options,
      @Nullable PendingLimit limit,
      List<PoolListener> listeners) {
    return new LocalPool(name, new ThreadEngine(name, threads), options, limit, listeners);
  }

  /// A pool of virtual threads.
  public static ThreadPool virtualThreads(
      String name,
      TaskOptions options,
      @Nullable PendingLimit limit,
      List<PoolListener> listeners) {
    return new LocalPool(name, new VirtualThreadEngine(name), options, limit, listeners);
  }

  /// A pool of worker processes.
  public static ProcessPool processes(ProcessPoolConfig config) {
    Nesting.check();
    ProcessPoolConfig complete = complete(config);
    return new ProcessPoolView(complete, new ProcessEngine(complete));
  }

  private static ProcessPoolConfig complete(ProcessPoolConfig config) {
    return config.maxHeap() > 0
        ? config
        : config.withMaxHeap(MachineLimits.defaultWorkerHeap(config.workers() + config.spares()));
  }

  /// A report of the task that runs in the calling thread.
  public static void report(long done, long total) {
    ProgressSink.reportHere(done, total);
  }

  /// A single thread.
  public static Worker threadWorker(String name, Action action) {
    return new ThreadWorker(
        Objects.requireNonNull(name, "name"), Objects.requireNonNull(action, "action"));
  }

  /// A single process.
  public static Worker processWorker(String name, Action action) {
    Nesting.check();
    return new SingleProcess(
        Objects.requireNonNull(name, "name"), Objects.requireNonNull(action, "action"));
  }

  /// A connection to a program that listens.
  public static <S, R> Connection<S, R> connect(
      SocketAddress address, byte[] key, ConnectionOptions options)
      throws IOException, InterruptedException {
    return SocketConnection.connect(
        Objects.requireNonNull(address, "address"),
        key,
        Objects.requireNonNull(options, "options"));
  }

  /// A place where programs connect.
  public static Listener listen(SocketAddress address, byte[] key, ConnectionOptions options)
      throws IOException {
    return SocketListener.open(
        Objects.requireNonNull(address, "address"),
        key,
        Objects.requireNonNull(options, "options"));
  }

  /// Waits for the first of several things.
  public static <W extends Waitable> List<W> awaitAny(
      Collection<? extends W> several, Duration timeout) throws InterruptedException {
    return AnyOf.await(several, timeout);
  }

  /// New shared memory with a name.
  public static SharedMemory createMemory(String name, long size) {
    return MappedMemory.create(name, size);
  }

  /// Shared memory that somebody has made.
  public static SharedMemory attachMemory(String name) {
    return MappedMemory.attach(name);
  }

  /// Takes the name from shared memory.
  public static boolean unlinkMemory(String name) {
    return NamedMemory.unlink(name);
  }

  /// A place for shared objects.
  public static Shared shared() {
    return OpenedShared.open();
  }
}
