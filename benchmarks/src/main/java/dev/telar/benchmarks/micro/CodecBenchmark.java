package dev.telar.benchmarks.micro;

import dev.telar.Task;
import dev.telar.internal.codec.ClassDictionary;
import dev.telar.internal.codec.ClassSet;
import dev.telar.internal.codec.ClassTable;
import dev.telar.internal.codec.Decoder;
import dev.telar.internal.codec.Encoder;
import dev.telar.internal.codec.Input;
import dev.telar.internal.codec.Output;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/// A value to bytes and back, both ends in this JVM, in steady state: the classes are known.
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Thread)
public class CodecBenchmark {

  private static final int ELEMENTS = 1_000;

  private final ClassDictionary dictionary = new ClassDictionary();
  private final Encoder encoder = new Encoder(dictionary);
  private final ClassTable table = new ClassTable();
  private final Decoder decoder = new Decoder(table);
  private final ClassSet described = new ClassSet();
  private final ClassLoader loader = CodecBenchmark.class.getClassLoader();
  private Object object = "";

  /// Which value: `lambda`, `record` or `list`.
  @Param({"lambda", "record", "list"})
  public String value = "lambda";

  /// Called by JMH.
  public CodecBenchmark() {}

  private record Reading(int id, long time, String name) implements Serializable {}

  /// Called by JMH.
  @Setup(Level.Trial)
  public void prepare() {
    object =
        switch (value) {
          case "lambda" -> lambda(1, 2, "three");
          case "record" -> new Reading(1, 2, "three");
          case "list" -> new ArrayList<>(IntStream.range(0, ELEMENTS).boxed().toList());
          default -> throw new IllegalArgumentException(value);
        };
  }

  private static Task<String> lambda(int a, int b, String c) {
    return () -> a + b + c;
  }

  /// By Telar's codec.
  ///
  /// @return the copy
  /// @throws IOException never
  @Benchmark
  public @Nullable Object telar() throws IOException {
    var out = new Output();
    encoder.encode(object, out);
    for (int id : out.classes().missingFrom(described)) {
      var frame = new Output();
      dictionary.describe(id, frame);
      table.define(Input.of(frame.toByteArray()));
      described.add(id);
    }
    return decoder.decode(Input.of(out.toByteArray()), loader);
  }

  /// By the JDK's streams.
  ///
  /// @return the copy
  /// @throws IOException never
  /// @throws ClassNotFoundException never
  @Benchmark
  @SuppressWarnings("BanSerializableRead") // of what was written a line before
  public Object serialization() throws IOException, ClassNotFoundException {
    var bytes = new ByteArrayOutputStream();
    try (var out = new ObjectOutputStream(bytes)) {
      out.writeObject(object);
    }
    try (var in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      return in.readObject();
    }
  }
}
