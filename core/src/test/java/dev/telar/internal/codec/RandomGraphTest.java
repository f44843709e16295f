package dev.telar.internal.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Whatever is built of what can travel, travels; also from many threads at once.
class RandomGraphTest {
  private static final int VALUES = 1000;

  record Closed(Object content, int number) implements Serializable {}

  record Open(Object content, String text) {}

  /// Makes values of which equality is defined all the way down.
  private static final class Generator {
    private final Random random;

    Generator(long seed) {
      random = new Random(seed);
    }

    Object value(int depth) {
      return random.nextInt(depth > 0 ? 20 : 9) < 9 ? leaf() : composite(depth - 1);
    }

    private Object leaf() {
      return switch (random.nextInt(12)) {
        case 0 -> random.nextInt();
        case 1 -> random.nextLong();
        case 2 -> random.nextDouble();
        case 3 -> random.nextBoolean();
        case 4 -> (char) random.nextInt();
        case 5 -> (byte) random.nextInt();
        case 6 -> text();
        case 7 -> new UUID(random.nextLong(), random.nextLong());
        case 8 -> Path.of("a" + random.nextInt());
        case 9 -> Optional.empty();
        case 10 -> random.nextFloat();
        default -> (short) random.nextInt();
      };
    }

    private String text() {
      int length = random.nextInt(40);
      int range = random.nextBoolean() ? 256 : 65536;
      var text = new StringBuilder();
      for (int i = 0; i < length; i++) {
        text.append((char) random.nextInt(range));
      }
      return text.toString();
    }

    private Object composite(int depth) {
      return switch (random.nextInt(10)) {
        case 0 -> List.copyOf(values(depth));
        case 1 -> new LinkedHashSet<>(values(depth));
        case 2 -> new Closed(value(depth), random.nextInt());
        case 3 -> new Open(value(depth), text());
        case 4 -> Optional.of(value(depth));
        case 5 -> Map.entry(value(depth), value(depth));
        case 6 -> map(depth);
        case 7 -> new TreeMap<>(Map.of(text(), value(depth)));
        case 8 -> values(depth).subList(0, 1);
        default -> values(depth);
      };
    }

    private List<Object> values(int depth) {
      var values = new ArrayList<Object>();
      for (int i = random.nextInt(5); i >= 0; i--) {
        values.add(value(depth));
      }
      return values;
    }

    private Map<Object, Object> map(int depth) {
      var map = new HashMap<Object, Object>();
      for (Object each : values(depth)) {
        map.put(each, random.nextBoolean() ? null : value(depth));
      }
      return map;
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 20, 300})
  void everyValueComesBackEqual(long seed) throws IOException {
    var codec = new Codec();
    var generator = new Generator(seed);
    for (int i = 0; i < VALUES; i++) {
      Object value = generator.value(5);
      assertThat(codec.<Object>roundTrip(value)).isEqualTo(value);
    }
  }

  @Test
  void manyThreadsShareADictionaryAndATable() throws Exception {
    var codec = new Codec();
    try (var threads = Executors.newFixedThreadPool(8)) {
      var tasks = new ArrayList<Callable<Void>>();
      for (int i = 0; i < 8; i++) {
        var generator = new Generator(i);
        tasks.add(
            () -> {
              for (int k = 0; k < VALUES; k++) {
                Object value = generator.value(4);
                assertThat(codec.<Object>roundTrip(value)).isEqualTo(value);
              }
              return null;
            });
      }
      for (Future<Void> each : threads.invokeAll(tasks)) {
        each.get();
      }
    }
  }
}
