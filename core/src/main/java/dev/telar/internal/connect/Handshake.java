package dev.telar.internal.connect;

import dev.telar.internal.codec.CorruptMessageException;
import dev.telar.internal.codec.Input;
import dev.telar.internal.codec.Output;
import dev.telar.shared.AuthenticationException;
import dev.telar.shared.ConnectionEndedException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/// How two programs prove to each other that they have the same key, before either reads a value.
///
/// ```text
/// both              HELLO  = magic, version, longest message, 32 random bytes
/// connecting side   PROOF  = HMAC(key, "connect" + listener's HELLO + own HELLO)
/// listener          1, PROOF = HMAC(key, "listen" + own HELLO + connecting side's HELLO)
///                or 0, why not
/// ```
///
/// Each proof covers both greetings, so that it is good for one connection only; and it names the
/// side, so that none can be sent back to its sender.
final class Handshake {
  private static final long MAGIC = 0x54_65_6c_61_72_4d_73_67L; // TelarMsg
  private static final int VERSION = 1;
  private static final int RANDOM = 32;
  private static final int LONGEST = 256;
  private static final SecureRandom SECURE = new SecureRandom();

  private final MessageSocket socket;
  private final byte[] key;
  private final int longest;
  private final long deadline;

  private Handshake(MessageSocket socket, byte[] key, int longest, long timeoutNanos) {
    this.socket = socket;
    this.key = key;
    this.longest = longest;
    this.deadline = System.nanoTime() + timeoutNanos;
    socket.limit(LONGEST);
  }

  /// What a side says of itself.
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Hello(byte[] bytes, int longest) {}

  /// The connecting side.
  ///
  /// @throws AuthenticationException if the other side is not who it should be
  static void connect(MessageSocket socket, byte[] key, int longest, long timeoutNanos)
      throws IOException, InterruptedException {
    var own = new Handshake(socket, key, longest, timeoutNanos);
    own.guarded(own::connect);
  }

  /// The listener.
  ///
  /// @throws AuthenticationException if the other side is not who it should be
  static void accept(MessageSocket socket, byte[] key, int longest, long timeoutNanos)
      throws IOException, InterruptedException {
    var own = new Handshake(socket, key, longest, timeoutNanos);
    own.guarded(own::accept);
  }

  private interface Steps {
    void run() throws IOException, InterruptedException;
  }

  /// Runs one side. Whatever goes wrong, the socket is closed and the error says who and what.
  private void guarded(Steps steps) throws IOException, InterruptedException {
    boolean done = false;
    try {
      steps.run();
      done = true;
    } catch (ConnectionEndedException e) {
      throw refusal("hung up before it had proved that it has the key", e);
    } catch (CorruptMessageException e) {
      throw refusal("sent a greeting that is cut short", e);
    } catch (AuthenticationException e) {
      throw e;
    } catch (IOException e) {
      throw refusal("sent something that is no greeting of Telar's", e);
    } finally {
      if (!done) {
        socket.end(socket.peer() + " was refused");
      }
    }
  }

  private void connect() throws IOException, InterruptedException {
    Hello mine = hello();
    send(mine.bytes);
    Hello theirs = readHello();
    send(proof("connect", theirs, mine));
    Input answer = receive();
    if (!answer.readBoolean()) {
      throw refusal("refused this program: " + answer.readUtf(), null);
    }
    check(answer, proof("listen", theirs, mine));
    socket.limit(Math.min(longest, theirs.longest));
  }

  private void accept() throws IOException, InterruptedException {
    Hello mine = hello();
    send(mine.bytes);
    Hello theirs = readHello();
    try {
      check(receive(), proof("connect", mine, theirs));
    } catch (AuthenticationException e) {
      var no = new Output();
      no.writeBoolean(false);
      no.writeUtf("the two programs do not have the same key");
      send(no.toByteArray());
      socket.close();
      throw e;
    }
    var yes = new Output();
    yes.writeBoolean(true);
    yes.write(proof("listen", mine, theirs));
    send(yes.toByteArray());
    socket.limit(Math.min(longest, theirs.longest));
  }

  private Hello hello() {
    byte[] random = new byte[RANDOM];
    SECURE.nextBytes(random);
    var out = new Output();
    out.writeLong(MAGIC);
    out.writeByte(VERSION);
    out.writeInt(longest);
    out.write(random);
    return new Hello(out.toByteArray(), longest);
  }

  private Hello readHello() throws IOException, InterruptedException {
    Input in = receive();
    byte[] bytes = in.copy().readBytes(in.remaining());
    if (in.readLong() != MAGIC) {
      throw refusal("sent something that is no greeting of Telar's", null);
    }
    int version = in.readByte();
    if (version != VERSION) {
      throw refusal(
          "speaks version %d of the protocol, and this program version %d. Use the same version of"
                  .formatted(version, VERSION)
              + " Telar in both",
          null);
    }
    int limit = in.readInt();
    if (in.remaining() != RANDOM || limit <= 0) {
      throw new CorruptMessageException("a greeting of " + bytes.length + " bytes");
    }
    return new Hello(bytes, limit);
  }

  private byte[] proof(String side, Hello listener, Hello connecting) {
    try {
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      mac.update(side.getBytes(StandardCharsets.US_ASCII));
      mac.update(listener.bytes);
      mac.update(connecting.bytes);
      return mac.doFinal();
    } catch (GeneralSecurityException e) {
      throw new AssertionError("every JVM has HmacSHA256", e);
    }
  }

  private void check(Input shown, byte[] expected) throws IOException {
    if (!MessageDigest.isEqual(shown.readBytes(shown.remaining()), expected)) {
      throw refusal("does not have the same key", null);
    }
  }

  private void send(byte[] bytes) throws IOException, InterruptedException {
    socket.send(List.of(ByteBuffer.wrap(bytes)));
  }

  private Input receive() throws IOException, InterruptedException {
    Input message = socket.receive(Math.max(0, deadline - System.nanoTime()));
    if (message == null) {
      throw refusal("did not prove in time that it has the key", null);
    }
    return message;
  }

  private AuthenticationException refusal(String why, @Nullable IOException cause) {
    var refusal = new AuthenticationException(socket.peer() + " " + why);
    if (cause != null) {
      refusal.initCause(cause);
    }
    return refusal;
  }
}
