package dev.telar.internal.process;

import dev.telar.internal.codec.ClassDictionary;
import dev.telar.internal.codec.Output;
import dev.telar.internal.scheduling.Deadlines;
import dev.telar.internal.wire.FrameType;
import dev.telar.internal.wire.FrameWriter;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Sends control frames in order without making the caller wait: a worker that is stopped (a
/// debugger, SIGSTOP) reads nothing. These frames are rare, so a thread is started while there are
/// any; one of our own, because a thread that ran user code may be interrupted, which would close
/// the socket.
final class ControlWriter {

  private static final long NO_THREAD_NANOS = TimeUnit.SECONDS.toNanos(1);

  private record Message(FrameType type, List<Output> parts) {}

  private final String threadName;
  private final FrameWriter writer;
  private final ReentrantLock lock = new ReentrantLock();
  private final ArrayDeque<Message> messages = new ArrayDeque<>();
  private boolean sending;

  ControlWriter(SocketChannel control, ClassDictionary dictionary, String threadName) {
    this.threadName = threadName;
    this.writer = new FrameWriter(control, dictionary);
  }

  void write(FrameType type, Output... parts) {
    lock.lock();
    try {
      messages.addLast(new Message(type, List.of(parts)));
      if (sending) {
        return;
      }
      sending = true;
    } finally {
      lock.unlock();
    }
    start();
  }

  private void start() {
    try {
      Thread.ofPlatform().daemon().name(threadName).start(this::send);
    } catch (RuntimeException | Error e) { // no thread to be had now
      var _ = Deadlines.after(NO_THREAD_NANOS, this::start);
    }
  }

  private void send() {
    try {
      for (Message message; (message = next()) != null; ) {
        writer.write(message.type, message.parts);
      }
    } catch (IOException e) {
      // the worker is gone; whoever reads from it sees that
    }
  }

  private @Nullable Message next() {
    lock.lock();
    try {
      Message message = messages.pollFirst();
      sending = message != null;
      return message;
    } finally {
      lock.unlock();
    }
  }
}
