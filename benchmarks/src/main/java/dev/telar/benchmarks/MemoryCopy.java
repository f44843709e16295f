package dev.telar.benchmarks;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// The floor of everything that moves: so many bytes copied there and back.
final class MemoryCopy implements Contender {

  private final Arena arena = Arena.ofShared();
  private final MemorySegment here;
  private final MemorySegment there;

  MemoryCopy(long bytes) {
    here = arena.allocate(bytes);
    there = arena.allocate(bytes);
    here.fill((byte) 1);
  }

  @Override
  public double first() {
    return round();
  }

  @Override
  public double round() {
    long start = System.nanoTime();
    there.copyFrom(here);
    here.copyFrom(there);
    return System.nanoTime() - start;
  }

  @Override
  public void close() {
    arena.close();
  }
}
