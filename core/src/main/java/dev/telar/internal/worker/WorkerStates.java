package dev.telar.internal.worker;

import dev.telar.internal.codec.Decoder;
import dev.telar.internal.codec.Input;
import dev.telar.internal.codec.Output;
import dev.telar.internal.state.StateInstances;
import dev.telar.internal.state.StateInstances.Instance;
import dev.telar.internal.system.Nesting;
import dev.telar.internal.wire.FrameType;
import dev.telar.internal.wire.FrameWriter;
import dev.telar.internal.wire.StatusPage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// The states of this worker: by number, and one for each job thread.
final class WorkerStates {

  private final RemoteClasses remote;
  private final Decoder decoder;
  private final StatusPage page;
  private final Upkeep upkeep;
  private final FrameWriter out;
  private final Map<Integer, StateInstances> states = new ConcurrentHashMap<>();

  /// Those that were forgotten and may not all be closed.
  private final Set<StateInstances> ending = ConcurrentHashMap.newKeySet();

  WorkerStates(
      RemoteClasses remote, Decoder decoder, StatusPage page, Upkeep upkeep, FrameWriter out) {
    this.remote = remote;
    this.decoder = decoder;
    this.page = page;
    this.upkeep = upkeep;
    this.out = out;
  }

  /// What makes a state has come.
  void define(int id, Input body) throws IOException {
    int loader = body.readInt();
    byte[] encoded = body.readBytes(body.remaining());
    states.put(id, StateInstances.perThread(() -> initialize(loader, encoded)));
  }

  private @Nullable Object initialize(int loaderId, byte[] encoded) throws Exception {
    ClassLoader loader = remote.loader(loaderId);
    Thread.currentThread().setContextClassLoader(loader);
    Callable<?> initializer;
    Nesting.beginReading();
    try {
      initializer = (Callable<?>) decoder.decode(Input.of(encoded), loader);
    } finally {
      Nesting.endReading();
    }
    if (initializer == null) {
      throw new IllegalStateException("no initializer");
    }
    return initializer.call();
  }

  /// The state of the current thread. Making it does not count as time of the job that needs it.
  /// The parent, which ends what takes too long, is told.
  Instance take(int id, int entry, long job) throws IOException {
    StateInstances state = states.get(id);
    if (state == null) {
      throw new IllegalStateException("state " + id + " was not sent");
    }
    Instance instance = state.borrow();
    if (instance == null) {
      page.notStarted(entry);
      var message = new Output(8);
      message.writeLong(job);
      out.write(FrameType.PREPARING, message);
      instance = state.make();
      upkeep.accept(); // what it has changed or started is meant
      page.started(entry);
    }
    return instance;
  }

  /// Nobody needs a state any more, if this is the number of one. What no job uses is closed by a
  /// thread of its own: the one that came upon this news has frames to read.
  void forget(int id) {
    StateInstances state = states.remove(id);
    if (state != null) {
      ending.removeIf(StateInstances::isEmpty);
      ending.add(state);
      Thread.ofPlatform().daemon().name("telar-state-closer").start(state::end);
    }
  }

  /// The current job thread ends in good order: closes its states.
  void endOwn() {
    states.values().forEach(StateInstances::endOwn);
  }

  /// Waits until the job threads have closed what they had, if they have anything to close.
  void awaitClosed(long millis) {
    Collection<StateInstances> open = new ArrayList<>(states.values());
    open.addAll(ending);
    long deadline = System.nanoTime() + millis * 1_000_000;
    try {
      while (!open.stream().allMatch(StateInstances::isEmpty) && System.nanoTime() - deadline < 0) {
        Thread.sleep(1);
      }
    } catch (InterruptedException e) {
      // then they have had their time
    }
  }
}
