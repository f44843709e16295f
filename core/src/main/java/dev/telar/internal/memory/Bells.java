package dev.telar.internal.memory;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Rings for the keepers of other processes in an arena, which then look what has changed there.
///
/// A bell is a word in the table of participants, on which a futex sleeps; or, as soon as a process
/// without native access has joined, a Unix socket in the arena's directory. Nobody is blocked by
/// ringing: a bell that has no room for another ring is ringing already. A ring that fails is not
/// tried again, because who waits looks again anyway ([WaitPoint]).
final class Bells {
  private static final ByteBuffer RING = ByteBuffer.allocateDirect(1).asReadOnlyBuffer();

  private final SharedArena arena;
  private final Map<Integer, SocketChannel> open = new ConcurrentHashMap<>();

  Bells(SharedArena arena) {
    this.arena = arena;
  }

  /// Where a participant's socket is.
  static Path socket(SharedArena arena, int participant) {
    return arena.directory().resolve("b" + Integer.toUnsignedString(participant, 36));
  }

  /// Rings for all participants of these bits, but this one.
  void ring(long bits) {
    arena
        .participants()
        .eachOf(bits, arena.header().needsSocketBells() ? this::ringSocket : this::ringWord);
  }

  private void ringWord(int participant) {
    Participants participants = arena.participants();
    participants.ringBell(participant);
    if (WaitMode.current().isNative()) {
      Futex.wake(participants.table(), participants.bellOffset(participant), 1);
    }
  }

  private void ringSocket(int participant) {
    SocketChannel channel = open.get(participant);
    if (channel != null && rung(channel)) {
      return;
    }
    if (channel != null) {
      open.remove(participant, channel);
      close(channel);
    }
    SocketChannel fresh = connect(participant);
    if (fresh != null && rung(fresh)) {
      SocketChannel other = open.putIfAbsent(participant, fresh);
      if (other == null) {
        return;
      }
    }
    close(fresh);
  }

  private @Nullable SocketChannel connect(int participant) {
    SocketChannel channel = null;
    try {
      channel = SocketChannel.open(StandardProtocolFamily.UNIX);
      channel.configureBlocking(false);
      if (channel.connect(UnixDomainSocketAddress.of(socket(arena, participant)))) {
        return channel;
      }
    } catch (IOException | RuntimeException nobodyListens) {
      // it has no keeper now, or has ended
    }
    close(channel);
    return null;
  }

  private static boolean rung(SocketChannel channel) {
    try {
      channel.write(RING.duplicate());
      return true;
    } catch (IOException | RuntimeException ended) {
      return false;
    }
  }

  void close() {
    open.values().forEach(Bells::close);
    open.clear();
  }

  private static void close(@Nullable SocketChannel channel) {
    try {
      if (channel != null) {
        channel.close();
      }
    } catch (IOException gone) {
      // that is what is wanted
    }
  }
}
