package dev.telar.cli.soak;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class VerdictTest {

  private static List<Footprint> heaps(long... mebibytes) {
    return LongStream.of(mebibytes).mapToObj(mib -> new Footprint(mib << 20, 100 << 20)).toList();
  }

  private static Verdict verdict(Tally tally, Violations violations) {
    return new Verdict(Duration.ofSeconds(10), 3, 1, tally, List.of(), violations);
  }

  @Test
  void passesIfWorkWasDoneAndNothingWasViolated() {
    var tally = new Tally();
    tally.add(Attempt.End.RESULT, TaskKind.SLEEPS, 1);
    Verdict verdict = verdict(tally, new Violations());
    assertThat(verdict.passed()).isTrue();
    assertThat(verdict.text()).contains("struck     4 (3 killed, 1 stopped)", "verdict    passed");
  }

  @Test
  void failsIfNoWorkWasDone() {
    assertThat(verdict(new Tally(), new Violations()).passed()).isFalse();
  }

  @Test
  void failsForASingleViolationAndTellsIt() {
    var tally = new Tally();
    tally.add(Attempt.End.RESULT, TaskKind.SLEEPS, 1);
    var violations = new Violations();
    violations.add(Violations.Kind.LOST, "task 7");
    Verdict verdict = verdict(tally, violations);
    assertThat(verdict.passed()).isFalse();
    assertThat(verdict.text()).contains("! lost: task 7", "verdict    FAILED");
  }

  @Test
  void failsIfNobodyWasStruck() {
    var tally = new Tally();
    tally.add(Attempt.End.RESULT, TaskKind.SLEEPS, 1);
    var verdict = new Verdict(Duration.ofSeconds(10), 0, 0, tally, List.of(), new Violations());
    assertThat(verdict.passed()).isFalse();
  }

  @Test
  void eachTaskThatIsLostOrLateHasAStrikeToBlame() {
    var tally = new Tally();
    tally.add(Attempt.End.CRASHED, TaskKind.DIES, 1);
    tally.add(Attempt.End.TIMED_OUT, TaskKind.HANGS, 1);
    tally.add(Attempt.End.CRASHED, TaskKind.COMPUTES, 3);
    tally.add(Attempt.End.TIMED_OUT, TaskKind.COMPUTES, 1);
    var none = new Violations();
    tally.balance(1, 1, none);
    assertThat(none.none()).isTrue();
    var two = new Violations();
    tally.balance(0, 0, two);
    assertThat(two.count(Violations.Kind.WRONG)).isEqualTo(2);
  }

  @Test
  void memoryThatStaysFlatIsNoGrowth() {
    assertThat(Verdict.growth(heaps(5, 20, 10, 11, 10, 12, 11, 10, 13))).isEmpty();
  }

  @Test
  void memoryThatRisesForEverIsGrowth() {
    assertThat(Verdict.growth(heaps(5, 8, 11, 14, 17, 20, 23, 26, 29)))
        .hasValueSatisfying(text -> assertThat(text).contains("the heap by"));
  }
}
