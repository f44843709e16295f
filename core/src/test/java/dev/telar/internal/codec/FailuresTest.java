package dev.telar.internal.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.telar.RemoteTaskException;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.text.ParseException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

/// Exceptions come back as themselves, and where they cannot, as much of them as possible.
class FailuresTest {
  private final Codec codec = new Codec();

  static final class Unsendable extends RuntimeException {
    final Object thread = new Object();

    Unsendable(String message, Throwable cause) {
      super(message, cause);
    }
  }

  static final class Unreadable extends RuntimeException {
    private void readObject(ObjectInputStream in) {
      throw new IllegalStateException("not here");
    }
  }

  static final class Malicious extends RuntimeException {
    final Object unsendable = new Object();

    @Override
    public String getMessage() {
      throw new IllegalStateException("no message");
    }

    @Override
    public synchronized Throwable getCause() {
      throw new IllegalStateException("no cause");
    }

    @Override
    public StackTraceElement[] getStackTrace() {
      throw new StackOverflowError();
    }
  }

  static final class Unprintable extends RuntimeException {
    @Override
    public String toString() {
      throw new IllegalStateException("not even this");
    }
  }

  /// Without the version of the module, which does not travel.
  private static String place(StackTraceElement frame) {
    return frame.getModuleName()
        + "/"
        + frame.getClassName()
        + "."
        + frame.getMethodName()
        + frame.getFileName()
        + frame.getLineNumber();
  }

  private byte[] encode(Throwable thrown) throws IOException {
    var out = new Output();
    Failures.encode(thrown, codec.encoder, out);
    codec.describe(out.classes());
    return out.toByteArray();
  }

  private Throwable roundTrip(Throwable thrown) throws IOException {
    Input in = Input.of(encode(thrown));
    Throwable back = Failures.decode(in, codec.decoder, codec.loader);
    assertThat(in.remaining()).isZero();
    return back;
  }

  @Test
  void anExceptionComesBackAsItself() throws IOException {
    var original = new IllegalStateException("outer", new ParseException("inner", 17));
    original.addSuppressed(new IOException("on the side"));
    Throwable back = roundTrip(original);
    assertThat(back).isExactlyInstanceOf(IllegalStateException.class).hasMessage("outer");
    assertThat(back.getStackTrace()).isEqualTo(original.getStackTrace());
    assertThat(back.getCause())
        .isInstanceOfSatisfying(
            ParseException.class, parse -> assertThat(parse.getErrorOffset()).isEqualTo(17));
    assertThat(back.getSuppressed()).hasSize(1);
    assertThat(back.getSuppressed()[0]).hasMessage("on the side");
  }

  @Test
  void errorsTravelToo() throws IOException {
    assertThat(roundTrip(new StackOverflowError())).isInstanceOf(StackOverflowError.class);
    assertThat(roundTrip(new ExecutionException(null))).isInstanceOf(ExecutionException.class);
  }

  @Test
  void whatCannotBeWrittenComesAsARemoteTaskException() throws IOException {
    var original = new Unsendable("outer", new IllegalArgumentException("inner"));
    assertThat(roundTrip(original))
        .isInstanceOfSatisfying(
            RemoteTaskException.class,
            remote -> {
              assertThat(remote.className()).isEqualTo(Unsendable.class.getName());
              assertThat(remote.remoteMessage()).isEqualTo("outer");
              assertThat(remote).hasMessage(Unsendable.class.getName() + ": outer");
              assertThat(remote.getStackTrace())
                  .usingElementComparator(Comparator.comparing(FailuresTest::place))
                  .containsExactly(original.getStackTrace());
              assertThat(remote.getCause()).hasMessageEndingWith("IllegalArgumentException: inner");
              assertThat(remote.getSuppressed()[0].getMessage())
                  .startsWith("Unsendable → Unsendable.thread: java.lang.Object");
              assertThat(remote.remoteTrace())
                  .contains("at dev.telar.internal.codec.FailuresTest.whatCannotBeWritten")
                  .contains("Caused by: ")
                  .contains("inner");
            });
  }

  @Test
  void whatCannotBeReadComesAsARemoteTaskException() throws IOException {
    assertThat(roundTrip(new Unreadable()))
        .isInstanceOfSatisfying(
            RemoteTaskException.class,
            remote -> {
              assertThat(remote.className()).isEqualTo(Unreadable.class.getName());
              assertThat(remote.remoteMessage()).isNull();
              assertThat(remote.getSuppressed()[0])
                  .hasRootCauseInstanceOf(IllegalStateException.class)
                  .hasRootCauseMessage("not here");
            });
  }

  @Test
  void anUnknownClassComesAsARemoteTaskException() throws IOException {
    byte[] bytes = encode(new Unreadable());
    Throwable back =
        Failures.decode(Input.of(bytes), codec.decoder, ClassLoader.getPlatformClassLoader());
    assertThat(back).isInstanceOf(RemoteTaskException.class);
    assertThat(back.getSuppressed()[0].getCause())
        .hasMessage("class not found: " + Unreadable.class.getName());
  }

  @Test
  void methodsThatThrowDoNoHarm() throws IOException {
    assertThat(roundTrip(new Malicious()))
        .isInstanceOfSatisfying(
            RemoteTaskException.class,
            remote -> {
              assertThat(remote.className()).isEqualTo(Malicious.class.getName());
              assertThat(remote.remoteMessage()).contains("getMessage threw");
            });
  }

  @Test
  void anExceptionThatCannotBePrintedComesAsOneThatCan() throws IOException {
    assertThat(roundTrip(new Unprintable()))
        .isInstanceOfSatisfying(
            RemoteTaskException.class,
            remote -> {
              assertThat(remote.className()).isEqualTo(Unprintable.class.getName());
              assertThat(remote.getSuppressed()[0]).hasMessageContaining("cannot be printed");
            });
  }

  @Test
  void cyclesOfCausesSurvive() throws IOException {
    var first = new IOException("first");
    var second = new IOException("second", first);
    first.initCause(second);
    Throwable back = roundTrip(first);
    assertThat(back.getCause().getCause()).isSameAs(back);

    var unsendable = new Unsendable("x", first);
    assertThat(roundTrip(unsendable)).isInstanceOf(RemoteTaskException.class);
  }

  @Test
  void aChainOfAHundredThousandCausesIsCut() throws Exception {
    Throwable chain = new IOException("innermost");
    for (int i = 0; i < 100_000; i++) {
      chain = new IOException("cause", chain);
      chain.setStackTrace(new StackTraceElement[0]);
    }
    Throwable deep = chain;
    Throwable back =
        Codec.onStack(
            512 << 10,
            () -> {
              try {
                return roundTrip(deep);
              } catch (IOException e) {
                throw new AssertionError(e);
              }
            });
    assertThat(back)
        .isInstanceOf(RemoteTaskException.class)
        .hasMessage("java.io.IOException: cause");
    assertThat(back.getSuppressed()[0]).hasMessageContaining("too deep");
  }

  @Test
  void anEndlessMessageIsCut() throws IOException {
    Throwable back = roundTrip(new Unsendable("x".repeat(10_000_000), null));
    assertThat(back.getMessage()).hasSizeBetween(60_000, 70_000);
  }

  @Test
  void aFailureThatDoesNotFitIsStillAFailure() throws IOException {
    var out = new Output(16, 100_000);
    Failures.encode(new IOException("x".repeat(65_000)), codec.encoder, out);
    Throwable back = Failures.decode(Input.of(out.toByteArray()), codec.decoder, codec.loader);
    assertThat(back).isInstanceOf(RemoteTaskException.class);
    assertThat(back.getSuppressed()[0]).hasMessageContaining("longer than");
  }

  @Test
  void everyTruncationIsCorruptOrStillAFailure() throws IOException {
    byte[] bytes = encode(new IllegalStateException("x", new IOException("y")));
    for (int length = 0; length < bytes.length; length++) {
      Input in = Input.of(Arrays.copyOf(bytes, length));
      assertThatThrownBy(() -> Failures.decode(in, codec.decoder, codec.loader))
          .isInstanceOf(CorruptMessageException.class);
    }
  }
}
