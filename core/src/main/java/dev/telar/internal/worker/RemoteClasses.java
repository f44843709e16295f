package dev.telar.internal.worker;

import dev.telar.internal.codec.Input;
import dev.telar.internal.codec.Output;
import dev.telar.internal.wire.FrameType;
import dev.telar.internal.wire.FrameWriter;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// The class loaders of the parent, as this process sees them. Loader 0 is the application's, which
/// is the same here; each other one is stood for by a [RemoteClassLoader] that asks the parent.
final class RemoteClasses {

  private final FrameWriter out;
  private final AtomicInteger numbers = new AtomicInteger();
  private final Map<Integer, CompletableFuture<byte @Nullable []>> waiting =
      new ConcurrentHashMap<>();
  private final Map<Integer, ClassLoader> loaders = new ConcurrentHashMap<>();

  RemoteClasses(FrameWriter out) {
    this.out = out;
  }

  ClassLoader loader(int id) {
    if (id == 0) {
      return ClassLoader.getSystemClassLoader();
    }
    return loaders.computeIfAbsent(
        id, number -> new RemoteClassLoader(name -> fetch(number, name)));
  }

  /// Asks the parent for a resource of one of its loaders.
  ///
  /// @return null if it has none
  private byte @Nullable [] fetch(int loader, String name) throws IOException {
    int number = numbers.incrementAndGet();
    var answer = new CompletableFuture<byte @Nullable []>();
    waiting.put(number, answer);
    var request = new Output();
    request.writeInt(number);
    request.writeInt(loader);
    request.writeUtf(name);
    out.write(FrameType.CLASS_REQUEST, request);
    return answer.join(); // answered, or this process ends with its parent
  }

  void answered(Input body) throws IOException {
    CompletableFuture<byte @Nullable []> answer = waiting.remove(body.readInt());
    boolean found = body.readBoolean();
    if (answer != null) {
      answer.complete(found ? body.readBytes(body.remaining()) : null);
    }
  }
}
