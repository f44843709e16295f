package dev.telar.internal.memory;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/// The connections to other processes' bell sockets that are open here: one for each slot of the
/// table of participants at most, and none to the dead for long. It refers to nothing of the arena,
/// whose end closes it.
final class BellLines {
  private static final ByteBuffer RING = ByteBuffer.allocateDirect(1).asReadOnlyBuffer();

  private final Map<Integer, Line> lines = new ConcurrentHashMap<>();
  private volatile boolean closed;

  /// @param participant whose socket it leads to; its slot may have been another's before
  private record Line(int participant, SocketChannel channel) {}

  /// Rings over the line to a participant. One to whoever had its slot before is closed.
  ///
  /// @return false if there is none that works
  boolean ring(int participant) {
    int slot = Participants.slot(participant);
    Line line = lines.get(slot);
    if (line == null) {
      return false;
    }
    if (line.participant == participant && rung(line.channel)) {
      return true;
    }
    drop(slot, line);
    return false;
  }

  /// Rings over a new line, and keeps it if it works and there is no other by now.
  ///
  /// @param isDead tells of a participant whether it has ended: lines to those are closed
  void add(int participant, SocketChannel channel, IntPredicate isDead) {
    lines.forEach(
        (slot, line) -> {
          if (isDead.test(line.participant)) {
            drop(slot, line);
          }
        });
    int slot = Participants.slot(participant);
    var line = new Line(participant, channel);
    if (!rung(channel) || lines.putIfAbsent(slot, line) != null) {
      close(channel);
    } else if (closed) {
      drop(slot, line);
    }
  }

  private void drop(int slot, Line line) {
    lines.remove(slot, line);
    close(line.channel);
  }

  private static boolean rung(SocketChannel channel) {
    try {
      channel.write(RING.duplicate());
      return true;
    } catch (IOException | RuntimeException ended) {
      return false;
    }
  }

  /// Closes them all, and those that come.
  void close() {
    closed = true;
    lines.forEach(this::drop);
  }

  static void close(@Nullable SocketChannel channel) {
    try {
      if (channel != null) {
        channel.close();
      }
    } catch (IOException gone) {
      // that is what is wanted
    }
  }
}
