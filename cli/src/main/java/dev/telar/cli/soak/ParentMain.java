package dev.telar.cli.soak;

import dev.telar.ProcessPool;
import dev.telar.misbehaviour.Misbehaviour;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// A program to be killed: it has a pool of two whose tasks run all the time and leave children
/// behind. Says `ready` when the first have; ends when its standard input does.
public final class ParentMain {

  private static final int WORKERS = 2;

  private ParentMain() {}

  /// Runs it.
  ///
  /// @param args none
  /// @throws IOException if its standard input cannot be read
  public static void main(String[] args) throws IOException {
    Thread.ofPlatform().daemon().start(ParentMain::work);
    while (System.in.read() >= 0) {
      // who started this one is alive
    }
    System.exit(0);
  }

  private static void work() {
    ProcessPool pool = ProcessPool.builder().workers(WORKERS).maxHeap("32m").build();
    var _ = pool.submit(Misbehaviour.LEAVE_CHILDREN).join();
    var _ = pool.submit(Misbehaviour.LEAVE_THREADS).join();
    System.out.println("ready");
    List<Integer> items = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      items.add(i);
    }
    while (true) {
      var _ = pool.map(item -> item * item, items);
    }
  }
}
