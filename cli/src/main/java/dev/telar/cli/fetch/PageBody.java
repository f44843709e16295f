package dev.telar.cli.fetch;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/// Hands on the bytes of a page as they come, so that the largest page takes no memory. What the
/// receiver throws fails the request.
final class PageBody implements HttpResponse.BodySubscriber<@Nullable Void> {

  /// Takes the next bytes.
  @FunctionalInterface
  interface Receiver {
    void take(byte[] bytes) throws IOException;
  }

  private final CompletableFuture<@Nullable Void> whole = new CompletableFuture<>();
  private final Receiver receiver;
  private Flow.@Nullable Subscription subscription;

  PageBody(Receiver receiver) {
    this.receiver = receiver;
  }

  @Override
  public CompletionStage<@Nullable Void> getBody() {
    return whole;
  }

  @Override
  public void onSubscribe(Flow.Subscription subscription) {
    this.subscription = subscription;
    subscription.request(Long.MAX_VALUE);
  }

  @Override
  public void onNext(List<ByteBuffer> buffers) {
    try {
      for (ByteBuffer buffer : buffers) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        receiver.take(bytes);
      }
    } catch (IOException e) {
      if (subscription != null) {
        subscription.cancel();
      }
      whole.completeExceptionally(e);
    }
  }

  @Override
  public void onError(Throwable error) {
    whole.completeExceptionally(error);
  }

  @Override
  public void onComplete() {
    whole.complete(null);
  }
}
