package dev.telar.internal.process;

import dev.telar.internal.codec.CorruptMessageException;
import dev.telar.internal.codec.Decoder;
import dev.telar.internal.codec.Failures;
import dev.telar.internal.codec.Input;
import dev.telar.internal.scheduling.ChunkResult;
import org.jspecify.annotations.Nullable;

/// The results of a chunk as the worker wrote them: decoded one by one, by whoever consumes them.
/// The failure comes last and is read after the results.
final class EncodedChunkResult implements ChunkResult {

  private final Input body;
  private final Decoder decoder;
  private final ClassLoader loader;
  private final int size;
  private final boolean failed;
  private @Nullable Throwable failure;

  EncodedChunkResult(Input body, Decoder decoder, ClassLoader loader)
      throws CorruptMessageException {
    this.size = body.readInt();
    this.failed = body.readBoolean();
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
    return decoder.decode(body, loader);
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
