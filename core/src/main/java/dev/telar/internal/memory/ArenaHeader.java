package dev.telar.internal.memory;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/// The first bytes of an arena's first file.
///
/// ```
///     0  magic           written last, so that a half-made arena is none
///     8  version (4)  12  state (4)
///    16  the arena's random number
///    24  flags (4)    28  id of the participant that made it (4)
///    32  length of the origin (4), the origin: where in a program the arena was opened
///   504  in which namespace processes have the ids of the table; 0 if that is not known
///   512  the table of participants
///  DATA  blocks
/// ```
final class ArenaHeader {
  /// Where blocks begin.
  static final long DATA = 512 + Participants.BYTES;

  private static final long MAGIC = 0x5445_4c41_5241_524eL;
  private static final int VERSION = 1;
  private static final int OPEN = 1;
  private static final int CLOSED = 2;
  private static final long VERSION_AT = 8;
  private static final long STATE_AT = 12;
  private static final long ID_AT = 16;
  private static final long FLAGS_AT = 24;
  private static final long CREATOR_AT = 28;
  private static final long ORIGIN_AT = 32;
  private static final long NAMESPACE_AT = 504;
  private static final int LONGEST_ORIGIN = 460;
  private static final int SOCKET_BELLS = 1;

  private final MemorySegment segment;

  private ArenaHeader(MemorySegment segment) {
    this.segment = segment;
  }

  /// Writes all but the magic number, which [#publish] does.
  static ArenaHeader create(MemorySegment segment, long id, String origin) {
    segment.set(ValueLayout.JAVA_INT, VERSION_AT, VERSION);
    segment.set(ValueLayout.JAVA_INT, STATE_AT, OPEN);
    segment.set(ValueLayout.JAVA_LONG, ID_AT, id);
    segment.set(ValueLayout.JAVA_LONG, NAMESPACE_AT, ProcessIdentity.namespace());
    byte[] text = origin.getBytes(UTF_8);
    text = Arrays.copyOf(text, Math.min(LONGEST_ORIGIN, text.length));
    segment.set(ValueLayout.JAVA_INT, ORIGIN_AT, text.length);
    MemorySegment.copy(
        text, 0, segment, ValueLayout.JAVA_BYTE, ORIGIN_AT + Integer.BYTES, text.length);
    return new ArenaHeader(segment);
  }

  /// The arena is complete, and this participant's.
  void publish(int creator) {
    segment.set(ValueLayout.JAVA_INT, CREATOR_AT, creator);
    Words.LONG.setVolatile(segment, 0L, MAGIC);
  }

  /// Looks at a header that another process wrote.
  ///
  /// @throws IOException if it is none, of another version, or of processes whose death could not
  ///   be noticed here
  static ArenaHeader open(MemorySegment segment) throws IOException {
    if ((long) Words.LONG.getVolatile(segment, 0L) != MAGIC) {
      throw new IOException("not an arena of Telar's");
    }
    int version = segment.get(ValueLayout.JAVA_INT, VERSION_AT);
    if (version != VERSION) {
      throw new IOException(
          "an arena of version %d, and this Telar knows version %d".formatted(version, VERSION));
    }
    long namespace = segment.get(ValueLayout.JAVA_LONG, NAMESPACE_AT);
    long here = ProcessIdentity.namespace();
    if (namespace != here && namespace != 0 && here != 0) {
      throw new IOException(
          "it was made in another container, or wherever processes have other ids than here: it"
              + " could not be told who lives. Let both share the process namespace (Docker:"
              + " --pid=container:NAME)");
    }
    return new ArenaHeader(segment);
  }

  MemorySegment participants() {
    return segment.asSlice(512, Participants.BYTES);
  }

  boolean isOpen() {
    return (int) Words.INT.getOpaque(segment, STATE_AT) == OPEN;
  }

  void close() {
    Words.INT.setVolatile(segment, STATE_AT, CLOSED);
  }

  long id() {
    return segment.get(ValueLayout.JAVA_LONG, ID_AT);
  }

  int creator() {
    return segment.get(ValueLayout.JAVA_INT, CREATOR_AT);
  }

  /// Whether a participant without native access has joined, which only a socket can wake.
  boolean needsSocketBells() {
    return ((int) Words.INT.getOpaque(segment, FLAGS_AT) & SOCKET_BELLS) != 0;
  }

  void needSocketBells() {
    Words.INT.getAndBitwiseOr(segment, FLAGS_AT, SOCKET_BELLS);
  }

  String origin() {
    int length = segment.get(ValueLayout.JAVA_INT, ORIGIN_AT);
    byte[] text = new byte[Math.clamp(length, 0, LONGEST_ORIGIN)];
    MemorySegment.copy(
        segment, ValueLayout.JAVA_BYTE, ORIGIN_AT + Integer.BYTES, text, 0, text.length);
    return new String(text, UTF_8);
  }
}
