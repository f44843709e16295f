package dev.telar.shared.contract;

import static java.util.concurrent.TimeUnit.SECONDS;

import dev.telar.shared.Shared;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What the contract tests have in common: a place for the objects, and the sides, each opened once
/// for a class. Tagged, so that it is run in both wait modes.
@Tag("waiting")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class SharedContract {
  private final Map<Sides, Sides.Opened> opened = new EnumMap<>(Sides.class);
  Shared shared;

  @BeforeEach
  void openShared() {
    shared = Shared.open();
  }

  @AfterEach
  void closeShared() {
    shared.close();
  }

  @AfterAll
  void closeSides() {
    opened.values().forEach(Sides.Opened::close);
  }

  Sides.Opened open(Sides sides) {
    return opened.computeIfAbsent(sides, Sides::open);
  }

  /// The result of a task, which must come in time.
  static <T> T get(Future<T> future) throws Exception {
    return future.get(20, SECONDS);
  }

  /// On every kind of sides.
  @java.lang.annotation.Retention(java.lang.annotation.RetentionPolicy.RUNTIME)
  @ParameterizedTest(name = "{0}")
  @EnumSource(Sides.class)
  @interface OnAllSides {}
}
