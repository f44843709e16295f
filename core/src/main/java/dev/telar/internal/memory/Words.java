package dev.telar.internal.memory;

import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;

/// Access to words of shared memory with the memory effects of [VarHandle]: coordinates are a
/// segment and an offset that is a multiple of the word's size.
///
/// They work between processes as between threads: the JVM compiles them to the processor's own
/// atomic instructions on the mapped page.
public final class Words {
  public static final VarHandle LONG = ValueLayout.JAVA_LONG.varHandle();
  public static final VarHandle INT = ValueLayout.JAVA_INT.varHandle();

  private Words() {}
}
