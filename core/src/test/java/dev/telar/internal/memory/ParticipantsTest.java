package dev.telar.internal.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.telar.testing.JavaProgram;
import dev.telar.testing.Processes;
import java.io.FileInputStream;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class ParticipantsTest {
  private final MemorySegment table = Arena.ofAuto().allocate(Participants.BYTES, 64);

  @Test
  void whoeverJoinsIsAlive() {
    Participants one = Participants.join(table);
    Participants two = Participants.join(table);

    assertThat(one.self()).isNotZero().isNotEqualTo(two.self());
    assertThat(one.isDead(two.self())).isFalse();
    assertThat(one.isDead(one.self())).isFalse();
  }

  @Test
  void anotherStartTimeIsAnotherProcess() {
    Participants one = Participants.join(table);
    Participants two = Participants.join(table);
    long slot = Participants.slot(two.self()) * 64L;
    Words.LONG.setVolatile(table, slot + 8, (long) Words.LONG.getVolatile(table, slot + 8) + 1);

    assertThat(one.isDead(two.self())).isTrue();
  }

  @Test
  void whoIsSweptAfterIsLookedAtNowThoughHeWasSeenAlive() {
    Participants one = Participants.join(table);
    Participants two = Participants.join(table);
    assertThat(one.isDead(two.self())).isFalse(); // and is believed to live for a while
    assertThat(one.isDeadNow(two.self())).isFalse();
    long slot = Participants.slot(two.self()) * 64L;
    Words.LONG.setVolatile(table, slot + 8, 1L);

    assertThat(one.isDeadNow(two.self())).isTrue();
    assertThat(one.isDeadNow(one.self())).isFalse();
  }

  @Test
  void theSlotOfTheDeadIsUsedAgainUnderAnotherName() {
    Participants one = Participants.join(table);
    Participants two = Participants.join(table);
    long slot = Participants.slot(two.self()) * 64L;
    Words.LONG.setVolatile(table, slot + 8, 1L);
    assertThat(one.isDead(two.self())).isTrue();

    Participants three = Participants.join(table);

    assertThat(Participants.slot(three.self())).isEqualTo(Participants.slot(two.self()));
    assertThat(three.self()).isNotEqualTo(two.self());
    assertThat(one.isDead(two.self())).isTrue();
    assertThat(one.isDead(three.self())).isFalse();
  }

  @Test
  void aFullTableIsSaid() {
    Participants first = Participants.join(table);
    for (int i = 1; i < Participants.SLOTS; i++) {
      Participants.join(table);
    }
    assertThatThrownBy(() -> Participants.join(table)).hasMessageContaining("512 processes");
    assertThat(first.isDead(first.self())).isFalse();
  }

  @Test
  void aFullTableOfTheDeadHasRoom() {
    for (int i = 0; i < Participants.SLOTS; i++) {
      Participants.join(table);
    }
    Words.LONG.setVolatile(table, 100 * 64L + 8, 1L);

    assertThat(Participants.slot(Participants.join(table).self())).isEqualTo(100);
  }

  @Test
  void stoppedIsAliveAndKilledIsDeadEvenBeforeItsParentHasReapedIt() throws Exception {
    // the shell does not wait for its child, which so stays a zombie
    Process shell = new ProcessBuilder("sh", "-c", "sleep 100 & echo $!; exec sleep 100").start();
    try (var out = shell.inputReader()) {
      long pid = Long.parseLong(out.readLine());
      ProcessIdentity child = new ProcessIdentity(pid, 0);
      assertThat(child.isAlive()).isTrue();

      Processes.stop(pid);
      assertThat(child.isAlive()).isTrue();
      Processes.signal("KILL", pid);
      Awaitility.await().until(() -> !child.isAlive());
    } finally {
      shell.destroyForcibly().waitFor();
    }
  }

  /// Looks at its parent with no file descriptor left to do so.
  public static final class Exhausted {
    public static void main(String[] args) {
      long parent = ProcessHandle.current().parent().orElseThrow().pid();
      var known = new ProcessIdentity(parent, 0);
      System.out.println(known.isAlive());
      List<FileInputStream> all = new ArrayList<>();
      String reason = "";
      try {
        while (true) {
          all.add(new FileInputStream("/dev/null"));
        }
      } catch (IOException e) {
        reason = e.getMessage();
      }
      boolean alive = known.isAlive();
      boolean noneAlive = new ProcessIdentity(1L << 30, 0).isAlive();
      all.removeLast();
      System.out.println(reason);
      System.out.println(alive + " " + noneAlive);
    }
  }

  @Test
  void nobodyIsDeadBecauseThisProcessCannotOpenAFile() {
    try (var program = JavaProgram.limited("-n 100", List.of(), Exhausted.class)) {
      JavaProgram.Outcome outcome = program.await();
      assertThat(outcome.out().lines()).as(outcome.err()).hasSize(3).first().isEqualTo("true");
      assertThat(outcome.out()).contains("Too many open files").endsWith("true false\n");
    }
  }

  @Test
  void aPidThatNobodyHasIsDead() {
    assertThat(new ProcessIdentity(1L << 30, 0).isAlive()).isFalse();
    assertThat(ProcessIdentity.current().isAlive()).isTrue();
  }
}
