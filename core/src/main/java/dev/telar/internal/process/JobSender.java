package dev.telar.internal.process;

import dev.telar.internal.codec.Output;
import dev.telar.internal.process.SentJobs.Sent;
import dev.telar.internal.scheduling.ChunkJob;
import dev.telar.internal.scheduling.Job;
import dev.telar.internal.scheduling.TaskJob;
import dev.telar.internal.wire.FrameType;
import dev.telar.internal.wire.Outbox;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Makes jobs into frames for one worker, which gets each function and each state's initializer
/// once. Not thread-safe: guarded by the lock of [SentJobs], so that a function is on its way
/// before the first chunk that needs it.
final class JobSender {

  private final Packing packing;
  private final Outbox outbox;
  private final Set<Integer> known = new HashSet<>();

  JobSender(Packing packing, Outbox outbox) {
    this.packing = packing;
    this.outbox = outbox;
  }

  /// What the engine made of a job, without what is special to this worker. Needs no lock.
  List<Output> content(Job job) {
    return switch (job) {
      case TaskJob task -> List.of(((Encoded) task.packed()).bytes());
      case ChunkJob chunk -> packing.items(chunk.items());
      default -> throw new AssertionError(job);
    };
  }

  /// Adds a job to what will be written.
  ///
  /// @throws dev.telar.internal.codec.MessageTooLargeException if it is longer than 2 GiB
  void add(Sent sent, List<Output> content) {
    var header = new Output(32);
    header.writeLong(sent.number());
    header.writeInt(sent.entry());
    switch (sent.job()) {
      case TaskJob task -> {
        var encoded = (Encoded) task.packed();
        header.writeInt(encoded.loader());
        header.writeInt(addOnce(encoded.state()));
        outbox.add(FrameType.TASK, List.of(header, content.getFirst()));
      }
      case ChunkJob chunk -> {
        var function = (EncodedFunction) chunk.function();
        addOnce(function);
        header.writeInt(function.id());
        header.writeBoolean(chunk.options().isTimed());
        header.writeBoolean(chunk.collectsFailures());
        header.writeInt(chunk.items().length);
        var parts = new ArrayList<Output>(content.size() + 1);
        parts.add(header);
        parts.addAll(content);
        outbox.add(FrameType.CHUNK, parts);
      }
      default -> throw new AssertionError(sent.job());
    }
  }

  private void addOnce(EncodedFunction function) {
    if (known.add(function.id())) {
      var header = new Output(16);
      header.writeInt(function.id());
      header.writeInt(function.encoded().loader());
      header.writeInt(addOnce(function.encoded().state()));
      outbox.add(FrameType.FUNCTION, List.of(header, function.encoded().bytes()));
    }
  }

  /// Sends what makes a state ahead of what needs it.
  ///
  /// @return its number, or 0 for no state
  private int addOnce(@Nullable EncodedState state) {
    if (state == null) {
      return 0;
    }
    if (known.add(state.id())) {
      var header = new Output(8);
      header.writeInt(state.id());
      header.writeInt(state.initializer().loader());
      outbox.add(FrameType.STATE, List.of(header, state.initializer().bytes()));
    }
    return state.id();
  }

  /// Lets the worker go through all that a task needs, before there is one.
  void warmUp(Encoded task) {
    var header = new Output(4);
    header.writeInt(task.loader());
    outbox.add(FrameType.WARM_UP, List.of(header, task.bytes()));
    outbox.flush();
  }

  /// A function or a state will not be used again.
  void forget(int id) {
    if (known.remove(id)) {
      var header = new Output(4);
      header.writeInt(id);
      outbox.add(FrameType.FORGET, List.of(header));
    }
  }

  void flush() {
    outbox.flush();
  }
}
