package dev.telar.internal.process;

import dev.telar.Task;
import dev.telar.internal.codec.BulkLoan;
import dev.telar.internal.codec.BulkSink;
import dev.telar.internal.codec.ClassDictionary;
import dev.telar.internal.codec.Encoder;
import dev.telar.internal.codec.Output;
import dev.telar.internal.scheduling.RunOnly;
import dev.telar.internal.scheduling.StatefulCall;
import dev.telar.internal.scheduling.Unsendable;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// Makes tasks, functions and items fit to travel, in the threads that bring them.
final class Packing {

  private final ClassDictionary dictionary = new ClassDictionary();
  private final Encoder encoder = new Encoder(dictionary, this::borrow);
  private final Loaders loaders = new Loaders();
  private final AtomicInteger numbers = new AtomicInteger();
  private volatile BulkSink bulk = BulkSink.NONE;

  /// From now on, large values are put into memory of `sink`.
  void putLargeValuesInto(BulkSink sink) {
    bulk = sink;
  }

  private @Nullable BulkLoan borrow(long bytes) {
    return bulk.borrow(bytes);
  }

  ClassDictionary dictionary() {
    return dictionary;
  }

  Loaders loaders() {
    return loaders;
  }

  Encoded task(Object task) {
    return switch (task) {
      case StatefulCall call -> encoded(call, call.target());
      case RunOnly wrapper -> encoded(wrapper, wrapper.task());
      default -> encoded(task, task);
    };
  }

  /// A task that does nothing, to warm up a worker.
  Encoded nothing() {
    Task<Boolean> task = () -> true;
    return encoded(task, task);
  }

  EncodedFunction function(Object function, Object users) {
    Encoded encoded =
        function instanceof StatefulCall call ? encoded(call, users) : encoded(function, users);
    return new EncodedFunction(numbers.incrementAndGet(), encoded);
  }

  EncodedState state(Object initializer) {
    return new EncodedState(numbers.incrementAndGet(), encoded(initializer, initializer));
  }

  private Encoded encoded(StatefulCall call, Object users) {
    Encoded target = encoded(call.target(), users);
    return new Encoded(target.bytes(), target.loader(), (EncodedState) call.state().packed());
  }

  /// Encodes what may be a wrapper of ours around something of the user's, whose loader counts.
  private Encoded encoded(Object value, Object users) {
    var bytes = new Output(256);
    encoder.encode(value, bytes);
    return new Encoded(bytes, loaders.numberFor(users));
  }

  /// An item as it is, if it is immutable and encoding it runs no user code; else encoded now.
  @Nullable Object item(@Nullable Object item) {
    if (isPlain(item)) {
      return item;
    }
    var bytes = new Output(64);
    encoder.encode(item, bytes);
    return new Encoded(bytes, 0);
  }

  private static boolean isPlain(@Nullable Object item) {
    return switch (item) {
      case null -> true;
      case Integer _,
          Long _,
          Double _,
          String _,
          Boolean _,
          Float _,
          Short _,
          Byte _,
          Character _ ->
          true;
      default -> false;
    };
  }

  /// The parts of a message that carry items, in order.
  ///
  /// @throws dev.telar.TaskNotSerializableException if an item is one that cannot travel
  List<Output> items(@Nullable Object[] items) {
    var parts = new ArrayList<Output>();
    Output plain = null;
    for (Object item : items) {
      if (item instanceof Unsendable refused) {
        throw refused.error();
      }
      if (item instanceof Encoded encoded) {
        parts.add(encoded.bytes());
        plain = null;
      } else {
        if (plain == null) {
          plain = new Output(Math.min(1 << 16, 16 + 8 * items.length));
          parts.add(plain);
        }
        encoder.encode(item, plain);
      }
    }
    return parts;
  }
}
