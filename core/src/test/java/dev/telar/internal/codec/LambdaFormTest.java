package dev.telar.internal.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.telar.TaskNotSerializableException;
import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputFilter;
import java.io.Serializable;
import java.lang.invoke.SerializedLambda;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

/// Lambdas by number: which of them are written so, and that nobody can tell.
public class LambdaFormTest {
  private final Codec codec = new Codec();

  /// Public: other loaders define classes that use it.
  public interface Job<T> extends Callable<T>, Serializable {}

  record Pair(Object one, Object other) implements Serializable {}

  record Plain(int number) {}

  static final class Guarded {
    static Job<Integer> job(int number) {
      return () -> number;
    }
  }

  static final class Cycle implements Serializable {
    private Job<Cycle> job = this::self;

    private Cycle self() {
      return this;
    }
  }

  @Test
  void aLambdaIsTwoNumbersAndWhatItCaptured() throws Exception {
    int number = 7;
    Job<Integer> job = () -> number + 1;
    byte[] bytes = codec.encode(job);
    assertThat(bytes[0]).isEqualTo((byte) Tags.LAMBDA);
    assertThat(bytes).hasSizeLessThan(20);
    assertThat(codec.roundTrip(job).call()).isEqualTo(8);
  }

  @Test
  void lambdasOfOnePlaceHaveOneNumber() throws IOException {
    byte[] one = codec.encode(Guarded.job(1));
    int described = codec.described.size();
    byte[] other = codec.encode(Guarded.job(1));
    assertThat(other).isEqualTo(one);
    assertThat(codec.described.size()).isEqualTo(described);
  }

  @Test
  void everyKindOfValueIsCaptured() throws Exception {
    Object nothing = null;
    List<Object> all =
        Arrays.asList(1, 2L, 3.5, 4.5f, (short) 5, (byte) 6, 'c', true, "text", null);
    Object one = all.get(0);
    Object two = all.get(1);
    Object three = all.get(2);
    Object four = all.get(3);
    Object five = all.get(4);
    Object six = all.get(5);
    Object seven = all.get(6);
    Object eight = all.get(7);
    Object nine = all.get(8);
    Job<List<Object>> job =
        () -> Arrays.asList(one, two, three, four, five, six, seven, eight, nine, nothing);
    assertThat(codec.roundTrip(job).call()).isEqualTo(all);
  }

  @Test
  void oneCapturedListOfBoxesIsWrittenRaw() throws Exception {
    var list = new ArrayList<Integer>();
    for (int i = 0; i < 1000; i++) {
      list.add(i);
    }
    Job<List<Integer>> job = () -> list;
    assertThat(codec.encode(job)).hasSizeLessThan(5100);
    assertThat(codec.roundTrip(job).call()).isExactlyInstanceOf(ArrayList.class).isEqualTo(list);
  }

  @Test
  void aRecordThatIsNotSerializableIsCaptured() throws Exception {
    var plain = new Plain(3);
    Job<Plain> job = () -> plain;
    assertThat(codec.roundTrip(job).call()).isEqualTo(plain);
  }

  @Test
  void whatIsCapturedTwiceStaysOneObject() throws Exception {
    int[] array = {1};
    var list = new ArrayList<>(List.of(1));
    var holder = new Pair(list, array);
    Job<Object[]> job = () -> new Object[] {array, list, holder};
    Object[] arrived = codec.roundTrip(job).call();
    assertThat(((Pair) arrived[2]).one()).isSameAs(arrived[1]);
    assertThat(((Pair) arrived[2]).other()).isSameAs(arrived[0]);
  }

  @Test
  void aLongTextThatIsCapturedTwiceIsWrittenOnce() throws Exception {
    String text = "x".repeat(100_000);
    String same = text;
    Job<String> job = () -> text + same;
    assertThat(codec.encode(job)).hasSizeLessThan(150_000);
    assertThat(codec.roundTrip(job).call()).hasSize(200_000);
  }

  @Test
  void aLambdaThatItsOwnerHoldsTravelsWithIt() throws Exception {
    Cycle arrived = codec.roundTrip(new Cycle().job).call();
    assertThat(arrived.job.call()).isSameAs(arrived);
  }

  @Test
  void aLambdaOfAPackageThatIsNotOpenIsLeftToTheJdk() throws Exception {
    var order = Map.Entry.<String, Integer>comparingByKey();
    assertThat(codec.encode(order)[0]).isEqualTo((byte) Tags.OBJECT);
    assertThat(codec.roundTrip(order).compare(Map.entry("a", 1), Map.entry("b", 0))).isNegative();
  }

  @Test
  void whatCannotTravelIsNamedAndNothingIsWritten() {
    var thread = new Thread("not to be sent");
    var list = List.of(thread);
    Job<Integer> job = list::size;
    Job<Integer> around = () -> list.size() + thread.getPriority();
    var out = new Output();
    out.writeInt(1);
    assertThatThrownBy(() -> codec.encoder.encode(job, out))
        .isInstanceOf(TaskNotSerializableException.class)
        .hasMessageContaining("java.lang.Thread");
    assertThatThrownBy(() -> codec.encoder.encode(around, out))
        .isInstanceOf(TaskNotSerializableException.class)
        .hasMessageContaining("java.lang.Thread");
    assertThat(out.size()).isEqualTo(4);
  }

  @Test
  void aLongChainOfLambdasWhoseLastCannotTravelFailsSoon() throws Exception {
    Job<Object> chain = chain(3000, new Object());
    assertThatThrownBy(() -> codec.encode(chain)).isInstanceOf(TaskNotSerializableException.class);
    Job<Object> fine = chain(100, "end");
    assertThat(codec.roundTrip(fine).call()).isEqualTo("end");
  }

  private static Job<Object> chain(int length, Object end) {
    Job<Object> job = () -> end;
    for (int i = 0; i < length; i++) {
      Job<Object> inner = job;
      job = () -> inner.call();
    }
    return job;
  }

  @Test
  void aFilterIsAskedAboutTheSameClasses() throws Exception {
    assertThat(askedAbout(codec.encode(Guarded.job(5))))
        .contains(SerializedLambda.class, Guarded.class, Object[].class)
        .anyMatch(Class::isHidden);
  }

  private Set<Class<?>> askedAbout(byte[] bytes) throws Exception {
    var asked = new HashSet<Class<?>>();
    ObjectInputFilter filter =
        info -> {
          if (info.serialClass() != null) {
            asked.add(info.serialClass());
          }
          return ObjectInputFilter.Status.UNDECIDED;
        };
    Object arrived = new Decoder(codec.table, filter).decode(Input.of(bytes), codec.loader);
    assertThat(((Job<?>) arrived).call()).isEqualTo(5);
    return asked;
  }

  @Test
  void aFilterRefusesTheClassAroundALambda() throws Exception {
    byte[] bytes = codec.encode(Guarded.job(5));
    ObjectInputFilter filter =
        info ->
            info.serialClass() == Guarded.class
                ? ObjectInputFilter.Status.REJECTED
                : ObjectInputFilter.Status.UNDECIDED;
    var decoder = new Decoder(codec.table, filter);
    assertThatThrownBy(() -> decoder.decode(Input.of(bytes), codec.loader))
        .isInstanceOf(DecodeException.class)
        .hasMessageContaining("REJECTED");
  }

  @Test
  void aLambdaOfTwoLoadersArrivesInTheOneThatIsAsked() throws Exception {
    var one = new Again(codec.loader);
    var other = new Again(codec.loader);
    var job = (Job<?>) Class.forName(Made.class.getName(), true, one).getMethod("job").invoke(null);
    byte[] bytes = codec.encode(job);
    assertThat(bytes[0]).isEqualTo((byte) Tags.LAMBDA);
    for (Again loader : List.of(one, other, one)) {
      Object arrived = codec.decoder.decode(Input.of(bytes), loader);
      assertThat(((Job<?>) arrived).call()).isEqualTo("made");
      assertThat(arrived.getClass().getClassLoader()).isSameAs(loader);
    }
  }

  /// A class that [Again] defines anew.
  public static final class Made {
    private Made() {}

    public static Job<String> job() {
      return () -> "made";
    }
  }

  private static final class Again extends ClassLoader {
    Again(ClassLoader parent) {
      super(parent);
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (!name.equals(Made.class.getName())) {
        return super.loadClass(name, resolve);
      }
      Class<?> known = findLoadedClass(name);
      if (known != null) {
        return known;
      }
      try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
        byte[] bytes = in.readAllBytes();
        return defineClass(name, bytes, 0, bytes.length);
      } catch (IOException e) {
        throw new ClassNotFoundException(name, e);
      }
    }
  }

  @Test
  void aMissingClassIsNamed() throws Exception {
    var loader = new Again(codec.loader);
    var job =
        (Job<?>) Class.forName(Made.class.getName(), true, loader).getMethod("job").invoke(null);
    byte[] bytes = codec.encode(job);
    assertThatThrownBy(
            () -> codec.decoder.decode(Input.of(bytes), ClassLoader.getPlatformClassLoader()))
        .isInstanceOf(DecodeException.class)
        .hasMessage("class not found: " + Made.class.getName());
  }

  @Test
  void aKindThatWasNeverDescribedIsRefused() throws Exception {
    byte[] bytes = codec.encode(Guarded.job(5));
    var stranger = new Decoder(new ClassTable());
    assertThatThrownBy(() -> stranger.decode(Input.of(bytes), codec.loader))
        .isInstanceOf(DecodeException.class)
        .hasMessageContaining("never described");
  }

  @Test
  void aReaderWithoutATableKnowsNoLambdas() throws Exception {
    byte[] bytes = codec.encode(Guarded.job(5));
    var reader = new ElementCodec();
    assertThatThrownBy(() -> reader.decode(Input.of(bytes), codec.loader))
        .isInstanceOf(CorruptMessageException.class);
  }

  @Test
  void anyDamageIsAnErrorOrAnotherLambda() throws Exception {
    var list = new ArrayList<>(List.of("a", "b"));
    int number = 3;
    Job<Object> job = () -> list.size() + number;
    byte[] bytes = codec.encode(job);
    for (int at = 1; at < bytes.length; at++) {
      for (int bit = 0; bit < 8; bit++) {
        byte[] damaged = bytes.clone();
        damaged[at] ^= (byte) (1 << bit);
        try {
          var _ = codec.decode(damaged);
        } catch (DecodeException | CorruptMessageException e) {
          assertThat(e.getMessage()).isNotBlank();
        }
      }
      byte[] cut = Arrays.copyOf(bytes, at);
      assertThatThrownBy(() -> codec.decode(cut)).isInstanceOf(IOException.class);
    }
  }
}
