package dev.telar.kill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.telar.shared.Shared;
import dev.telar.shared.SharedCondition;
import dev.telar.shared.SharedLock;
import dev.telar.shared.SharedLong;
import java.io.Serializable;
import java.util.List;
import java.util.concurrent.FutureTask;

/// Conditions: no signal is lost with a waiter that dies.
final class ConditionScenarios {
  static final List<Scenario> ALL =
      List.of(
          Scenario.of(
              "condition-waiter", (shared, random) -> new Waiting(shared, random.nextInt(3))),
          Scenario.of("condition-signaller", (shared, _) -> new Signalling(shared)));

  private static final int TOKENS = 4;
  private static final long END = -1;

  private ConditionScenarios() {}

  /// A number of tokens under a lock, and a condition that tells of new ones.
  record Tokens(SharedLock lock, SharedCondition more, SharedLong tokens) implements Serializable {

    static Tokens in(Shared shared) {
      SharedLock lock = shared.lock();
      return new Tokens(lock, lock.newCondition(), shared.longValue(0));
    }

    private void enter() {
      lock.lock();
      repair();
    }

    private void repair() {
      if (lock.wasAbandoned()) { // whoever died may have been about to signal
        more.signalAll();
        lock.repaired();
      }
    }

    /// Waits for a token.
    ///
    /// @return false if there will be no more
    boolean take(int way) throws InterruptedException {
      enter();
      try {
        while (tokens.get() == 0) {
          switch (way) {
            case 0 -> more.await();
            case 1 -> more.awaitUninterruptibly();
            default -> more.awaitNanos(30_000_000_000L);
          }
          repair();
        }
        return tokens.get() != END && tokens.getAndDecrement() > 0;
      } finally {
        lock.unlock();
      }
    }

    void give() {
      enter();
      try {
        tokens.incrementAndGet();
        more.signal();
      } finally {
        lock.unlock();
      }
    }

    void end() {
      enter();
      try {
        tokens.set(END);
        more.signalAll();
      } finally {
        lock.unlock();
      }
    }

    void awaitTaken() throws InterruptedException {
      while (tokens.get() > 0) {
        Thread.sleep(1);
      }
    }
  }

  /// The victim and another wait; each signal is for one of them.
  private static final class Waiting extends Trial {
    private final Tokens tokens;
    private final SharedLong done;
    private final int way;
    private FutureTask<Integer> other;
    private FutureTask<?> giver;

    Waiting(Shared shared, int way) {
      this.tokens = Tokens.in(shared);
      this.done = shared.longValue(0);
      this.way = way;
    }

    record Take(Tokens tokens, SharedLong done, int way) implements Act {
      @Override
      public void run() throws Exception {
        while (tokens.take(way)) {
          done.incrementAndGet();
        }
      }
    }

    @Override
    Act act() {
      return new Take(tokens, done, way);
    }

    @Override
    void begin(Survivors survivors) {
      other =
          survivors.start(
              "waits, too",
              () -> {
                int taken = 0;
                while (tokens.take(0)) {
                  taken++;
                }
                return taken;
              });
      giver =
          survivors.start(
              "signals",
              () -> {
                while (done.get() == 0
                    && tokens.tokens().get() != END) { // until the victim had one
                  tokens.give();
                  tokens.awaitTaken();
                  Thread.sleep(2);
                }
                tokens.end();
                return null;
              });
    }

    @Override
    void check(Survivors survivors, End end) throws Exception {
      if (!end.completed()) {
        done.incrementAndGet(); // lets the giver come to an end; he may be waiting for the other
      }
      survivors.result(giver);
      survivors.result(other);
    }
  }

  /// The victim gives tokens; the others get all of them, and those that come after its death.
  private static final class Signalling extends Trial {
    private final Tokens tokens;
    private final SharedLong done;
    private FutureTask<Integer> first;
    private FutureTask<Integer> second;

    Signalling(Shared shared) {
      this.tokens = Tokens.in(shared);
      this.done = shared.longValue(0);
    }

    record Give(Tokens tokens, SharedLong done) implements Act {
      @Override
      public void run() {
        for (int i = 1; i <= TOKENS; i++) {
          tokens.give();
          done.set(i);
        }
      }
    }

    @Override
    Act act() {
      return new Give(tokens, done);
    }

    @Override
    void begin(Survivors survivors) {
      first = survivors.start("waits", () -> takeAll(0));
      second = survivors.start("waits", () -> takeAll(1));
    }

    private int takeAll(int way) throws InterruptedException {
      int taken = 0;
      while (tokens.take(way)) {
        taken++;
      }
      return taken;
    }

    @Override
    void check(Survivors survivors, End end) throws Exception {
      survivors.inTime(
          "signals",
          () -> {
            tokens.give();
            tokens.awaitTaken();
            tokens.end();
            return null;
          });
      int taken = survivors.result(first) + survivors.result(second);
      assertThat((long) taken - 1).isBetween(done.get(), done.get() + 1);
    }
  }
}
