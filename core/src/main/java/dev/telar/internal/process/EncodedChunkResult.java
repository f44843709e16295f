package dev.telar.internal.process;

import dev.telar.Outcome;
import dev.telar.internal.bulk.Borrowed;
import dev.telar.internal.codec.CorruptMessageException;
import dev.telar.internal.codec.Decoder;
import dev.telar.internal.codec.Failures;
import dev.telar.internal.codec.Input;
import dev.telar.internal.scheduling.ChunkResult;
import java.lang.ref.Reference;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// The results of a chunk as the worker wrote them: decoded one by one, by whoever consumes them.
/// The failure comes last and is read after the results.
final class EncodedChunkResult implements ChunkResult {

  private final boolean outcomes;
  private final Input body;
  private final Decoder decoder;
  private final ClassLoader loader;
  private final Borrowed borrowed;
  private final int size;
  private final boolean failed;
  private final int failures;
  private final boolean stopped;
  private final UnaryOperator<Throwable> explain;
  private @Nullable Throwable failure;

  /// Reads the head of what the worker answered.
  ///
  /// @param borrowed the memory beside it
  /// @param outcomes whether each result is told to be a value or a failure
  /// @param outOfMemory what becomes of a failure if the worker had no memory: given the number of
  ///   results before it and the failure
  EncodedChunkResult(
      Input body,
      Borrowed borrowed,
      boolean outcomes,
      Decoder decoder,
      ClassLoader loader,
      BiFunction<Integer, Throwable, Throwable> outOfMemory)
      throws CorruptMessageException {
    this.size = body.readInt();
    this.failed = body.readBoolean();
    boolean noMemory = body.readBoolean();
    this.failures = body.readInt();
    this.stopped = body.readBoolean();
    this.explain = error -> noMemory ? outOfMemory.apply(size, error) : error;
    this.outcomes = outcomes;
    this.body = body;
    this.borrowed = borrowed;
    this.decoder = decoder;
    this.loader = loader;
  }

  @Override
  public int size() {
    return size;
  }

  /// Whether the worker was told to end an item, and has started no other after that.
  boolean stopped() {
    return stopped;
  }

  @Override
  public int failures() {
    return failures;
  }

  @Override
  public @Nullable Object next() throws Exception {
    try {
      if (outcomes && body.readBoolean()) {
        return new Outcome.Failure<>(Failures.decode(body, decoder, loader));
      }
      Object value = decoder.decode(body, loader);
      return outcomes ? new Outcome.Value<>(value) : value;
    } finally {
      Reference.reachabilityFence(borrowed); // else the memory that is read may be given back
    }
  }

  @Override
  public @Nullable Throwable failure() {
    if (failed && failure == null) {
      try {
        failure = explain.apply(Failures.decode(body, decoder, loader));
      } catch (Exception e) {
        failure = e;
      } finally {
        Reference.reachabilityFence(borrowed);
      }
    }
    return failure;
  }
}
