package dev.telar.internal.threads;

import dev.telar.internal.scheduling.Engine;
import org.jspecify.annotations.Nullable;

/// What both engines of this JVM have in common: nothing has to be packed.
abstract class LocalEngine implements Engine {

  @Override
  public final Object pack(Object task) {
    return task;
  }

  @Override
  public final Object packFunction(Object function, Object users) {
    return function;
  }

  @Override
  public final @Nullable Object packItem(@Nullable Object item) {
    return item;
  }
}
