package dev.telar.internal.connect;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The one daemon thread of this JVM that waits for sockets, for all threads that do.
///
/// A thread that blocked in a socket itself would close it when it is interrupted, and could not
/// wait for anything else at the same time. The thread runs while there are sockets.
final class Poller implements Runnable {
  private static final ReentrantLock STATE = new ReentrantLock();
  private static @Nullable Poller current;

  private final Selector selector;
  private int sockets;

  private Poller(Selector selector) {
    this.selector = selector;
  }

  /// Registers a socket, which becomes non-blocking.
  static Readiness add(SelectableChannel socket) throws IOException {
    socket.configureBlocking(false);
    STATE.lock();
    try {
      Poller poller = current;
      if (poller == null) {
        poller = new Poller(Selector.open());
        start(poller);
        current = poller;
      }
      var readiness = new Readiness(poller);
      readiness.key = socket.register(poller.selector, 0, readiness);
      poller.sockets++;
      return readiness;
    } finally {
      STATE.unlock();
    }
  }

  private static void start(Poller poller) {
    Thread thread =
        Thread.ofPlatform()
            .daemon()
            .inheritInheritableThreadLocals(false)
            .name("telar-sockets")
            .unstarted(poller);
    thread.setContextClassLoader(null); // it keeps nothing of the task that opened the first socket
    thread.start();
  }

  /// Closes a socket. Its descriptor is free once the selector has let go of it, so that is woken.
  void remove(SelectableChannel socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // it is gone all the same
    }
    STATE.lock();
    try {
      sockets--;
      if (sockets == 0 && current == this) {
        current = null;
      }
    } finally {
      STATE.unlock();
    }
    selector.wakeup();
  }

  void wakeUp() {
    selector.wakeup();
  }

  @Override
  public void run() {
    try (selector) {
      try {
        while (!isOver()) {
          selector.select(Poller::serve);
        }
        selector.selectNow(); // lets go of the last one
      } catch (IOException | RuntimeException | Error e) {
        giveUp();
        throw e;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// This thread cannot go on: nobody shall wait for it.
  private void giveUp() {
    STATE.lock();
    try {
      if (current == this) {
        current = null;
      }
    } finally {
      STATE.unlock();
    }
    for (SelectionKey key : selector.keys()) {
      ((Readiness) key.attachment()).close(key.channel());
    }
  }

  private boolean isOver() {
    STATE.lock();
    try {
      return current != this;
    } finally {
      STATE.unlock();
    }
  }

  private static void serve(SelectionKey key) {
    try {
      int ready = key.readyOps();
      key.interestOpsAnd(~ready);
      ((Readiness) key.attachment()).fire(ready);
    } catch (CancelledKeyException closed) {
      ((Readiness) key.attachment()).fire(Readiness.ALL);
    }
  }
}
