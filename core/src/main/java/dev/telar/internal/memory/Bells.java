package dev.telar.internal.memory;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Rings for the keepers of other processes in an arena, which then look what has changed there.
///
/// A bell is a word in the table of participants, on which a futex sleeps; or, as soon as a process
/// without native access has joined, a Unix socket in the arena's directory. Nobody is blocked by
/// ringing: a bell that has no room for another ring is ringing already. A ring that fails is not
/// tried again, because who waits looks again anyway ([WaitPoint]).
final class Bells {
  private final SharedArena arena;
  private final BellLines lines;

  Bells(SharedArena arena, BellLines lines) {
    this.arena = arena;
    this.lines = lines;
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
    if (!lines.ring(participant)) {
      SocketChannel fresh = connect(participant);
      if (fresh != null) {
        lines.add(participant, fresh, arena.participants()::isDead);
      }
    }
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
    BellLines.close(channel);
    return null;
  }

  /// The arena has ended.
  void close() {
    lines.close();
  }
}
