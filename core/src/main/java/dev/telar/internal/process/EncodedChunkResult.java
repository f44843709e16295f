package dev.telar.internal.process;

import dev.telar.Outcome;
import dev.telar.internal.codec.CorruptMessageException;
import dev.telar.internal.codec.Decoder;
import dev.telar.internal.codec.Failures;
import dev.telar.internal.codec.Input;
import dev.telar.internal.scheduling.ChunkResult;
import org.jspecify.annotations.Nullable;

/// The results of a chunk as the worker wrote them: decoded one by one, by whoever consumes them.
/// The failure comes last and is read after the results.
final class EncodedChunkResult implements ChunkResult {

  private final boolean outcomes;
  private final Input body;
  private final Decoder decoder;
  private final ClassLoader loader;
  private final int size;
  private final boolean failed;
  private @Nullable Throwable failure;

  /// Reads the head of what the worker answered.
  ///
  /// @param outcomes whether each result is told to be a value or a failure
  EncodedChunkResult(Input body, boolean outcomes, Decoder decoder, ClassLoader loader)
      throws CorruptMessageException {
    this.size = body.readInt();
    this.failed = body.readBoolean();
    this.outcomes = outcomes;
    this.body = body;
    this.decoder = decoder;
    this.loader = loader;
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public @Nullable Object next() throws Exception {
    if (outcomes && body.readBoolean()) {
      return new Outcome.Failure<>(Failures.decode(body, decoder, loader));
    }
    Object value = decoder.decode(body, loader);
    return outcomes ? new Outcome.Value<>(value) : value;
  }

  @Override
  public @Nullable Throwable failure() {
    if (failed && failure == null) {
      try {
        failure = Failures.decode(body, decoder, loader);
      } catch (Exception e) {
        failure = e;
      }
    }
    return failure;
  }
}
