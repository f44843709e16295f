package dev.telar.benchmarks;

import dev.telar.Pool;
import dev.telar.TaskFuture;
import dev.telar.shared.Connection;
import dev.telar.shared.ConnectionEndedException;
import dev.telar.shared.Pipe;
import dev.telar.shared.Shared;
import dev.telar.shared.SharedDoubleArray;
import dev.telar.shared.SharedQueue;
import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;

/// What one round of each row does that moves data between processes. Static, so that it travels.
final class SharedTransfers {
  private static final int ELEMENTS = 300_000;
  private static final int ROUND_TRIPS = 2_000;
  private static final int DOUBLES = 8 << 20; // 64 MiB

  private SharedTransfers() {}

  /// What travels through the queue.
  record Point(int x, long y) {}

  static SharedContender.Setup queue() {
    return (shared, one, other) -> {
      SharedQueue<Point> points = shared.queue();
      return () -> {
        TaskFuture<Integer> producer = one.submit(() -> produce(points));
        double nanos = other.submit(() -> consume(points)).get();
        producer.get();
        return nanos;
      };
    };
  }

  private static int produce(SharedQueue<Point> points) throws InterruptedException {
    for (int i = 0; i <= ELEMENTS; i++) {
      points.put(new Point(i, i));
    }
    return ELEMENTS;
  }

  /// From the first element to the last.
  private static double consume(SharedQueue<Point> points) throws InterruptedException {
    points.take();
    long start = System.nanoTime();
    Point point = null;
    for (int i = 0; i < ELEMENTS; i++) {
      point = points.take();
    }
    long nanos = System.nanoTime() - start;
    if (point == null || point.x() != ELEMENTS) {
      throw new IllegalStateException("wrong element " + point);
    }
    return (double) nanos / ELEMENTS;
  }

  static SharedContender.Setup pipe() {
    return (shared, one, other) -> {
      // A task of its own for each round: the worker keeps its end from one to the next.
      return () -> roundTrips(shared, one, other);
    };
  }

  private static double roundTrips(Shared shared, Pool one, Pool other)
      throws ExecutionException, InterruptedException {
    Pipe<byte[], byte[]> pipe = shared.pipe();
    Connection<byte[], byte[]> here = pipe.first();
    Connection<byte[], byte[]> there = pipe.second();
    TaskFuture<Integer> echo = other.submit(() -> echo(there));
    double nanos = one.submit(() -> play(here)).get();
    echo.get();
    return nanos;
  }

  private static double play(Connection<byte[], byte[]> end)
      throws IOException, InterruptedException {
    byte[] message = new byte[64];
    try (end) {
      end.send(message);
      end.receive(); // the other side is there
      long start = System.nanoTime();
      for (int i = 0; i < ROUND_TRIPS; i++) {
        end.send(message);
        end.receive();
      }
      return (double) (System.nanoTime() - start) / ROUND_TRIPS;
    }
  }

  private static int echo(Connection<byte[], byte[]> end) throws IOException, InterruptedException {
    int messages = 0;
    try (end) {
      while (true) {
        end.send(end.receive());
        messages++;
      }
    } catch (ConnectionEndedException over) {
      return messages;
    }
  }

  /// From the call of `submit` to the result, the last element.
  static SharedContender.Setup largeArgument() {
    return (_, one, _) -> {
      double[] doubles = new double[DOUBLES];
      Arrays.fill(doubles, 1.0);
      return () -> handedOver(5, () -> one.submit(() -> doubles[DOUBLES - 1]).get());
    };
  }

  static SharedContender.Setup array() {
    return (shared, one, _) -> {
      SharedDoubleArray doubles = shared.doubleArray(DOUBLES);
      doubles.fill(1.0);
      return () -> handedOver(50, () -> one.submit(() -> doubles.get(DOUBLES - 1)).get());
    };
  }

  /// Several times, because after twenty single ones the JVM would still interpret its own part.
  private static double handedOver(int times, Callable<Double> task) throws Exception {
    long start = System.nanoTime();
    for (int i = 0; i < times; i++) {
      if (task.call() != 1.0) {
        throw new IllegalStateException("wrong element");
      }
    }
    return (double) (System.nanoTime() - start) / times;
  }
}
