package dev.telar.misbehaviour;

import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodHandles.Lookup.ClassOption;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Ways of taking more memory than there is.
final class Memory {

  private static final int MIB = 1 << 20;

  /// A class of so many methods takes some hundred kilobytes.
  private static final int METHODS = 1000;

  /// Static: what is eaten stays eaten, also when the task has ended.
  private static final List<Object> EATEN = new ArrayList<>();

  private Memory() {}

  static @Nullable Object eatHeap() {
    while (true) {
      EATEN.add(new byte[MIB]);
    }
  }

  static @Nullable Object eatHeapAndCarryOn() {
    while (true) {
      try {
        EATEN.add(new byte[MIB]);
        EATEN.add(new byte[1]);
      } catch (OutOfMemoryError e) {
        // that is the accident
      }
    }
  }

  static @Nullable Object eatMetaspace() throws IllegalAccessException {
    byte[] type =
        ClassFile.of().build(ClassDesc.of(Memory.class.getName() + "$$Eaten"), Memory::fill);
    while (true) {
      EATEN.add(
          MethodHandles.lookup().defineHiddenClass(type, true, ClassOption.STRONG).lookupClass());
    }
  }

  private static void fill(ClassBuilder type) {
    for (int i = 0; i < METHODS; i++) {
      type.withMethodBody(
          "method" + i,
          MethodTypeDesc.of(ConstantDescs.CD_void),
          ClassFile.ACC_STATIC,
          CodeBuilder::return_);
    }
  }

  static @Nullable Object eatDirectMemory() {
    while (true) {
      EATEN.add(ByteBuffer.allocateDirect(MIB));
    }
  }

  static @Nullable Object eatNativeMemory() throws InterruptedException {
    while (true) {
      Native.leak(MIB);
      Thread.sleep(Duration.ofMillis(1));
    }
  }

  static @Nullable Object recurse() {
    return deeper(0);
  }

  @SuppressWarnings("InfiniteRecursion") // that is the accident
  private static @Nullable Object deeper(long depth) {
    return depth < 0 ? null : deeper(depth + 1);
  }
}
