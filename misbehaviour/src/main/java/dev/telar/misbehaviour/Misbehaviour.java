package dev.telar.misbehaviour;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/// The corpus: accidents of all kinds, each one a task.
///
/// ```java
/// for (Misbehaviour accident : Misbehaviour.values()) {
///   var future = pool.submit(accident);
///   // … what does the caller get, and does the pool go on?
/// }
/// ```
///
/// **Call them in a JVM that you can lose**, and never in your own: most of them end it, fill its
/// memory or never return. They are enum constants, so they travel to another JVM by name; the
/// class can be loaded anywhere, it does nothing before [#call()]. Those that [need native
/// access][#needsNativeAccess()] call the C library through `java.lang.foreign`: start that JVM
/// with [#NATIVE_ACCESS]. The corpus is written for Linux, and depends on nothing but the JDK.
public enum Misbehaviour implements Callable<@Nullable Object> {

  // Those that never return.

  /// Sleeps for ever. The mildest of all: an interrupt ends it with an [InterruptedException].
  SLEEP_FOR_EVER(Effect.HANGS, Hangs::sleep),

  /// Burns a processor in a loop that looks at no interrupt.
  SPIN_FOR_EVER(Effect.HANGS, Hangs::spin),

  /// Sleeps, catches the [InterruptedException], and sleeps on.
  SWALLOW_INTERRUPTS(Effect.HANGS, Hangs::swallowInterrupts),

  /// Blocks in a native call (`pause`) that Java cannot end. Threads in native code do not hinder
  /// the rest of the JVM.
  BLOCK_IN_NATIVE_CODE(Effect.HANGS, Hangs::blockInNativeCode, true),

  /// Blocks in a native call declared `critical`: the thread never comes to a safepoint, so the
  /// first garbage collection or thread dump stops every other thread of the JVM for ever.
  BLOCK_EVERY_SAFEPOINT(Effect.HANGS, Hangs::blockEverySafepoint, true),

  /// Two threads take two monitors in opposite order. Neither hears an interrupt.
  DEADLOCK(Effect.HANGS, Hangs::deadlock),

  /// Stops the whole process with SIGSTOP: all threads at once, the one that listens to the parent
  /// too. The process lives, answers nothing, and ends only by SIGKILL or goes on by SIGCONT.
  STOP_ITSELF(Effect.HANGS, () -> Signals.send("STOP")),

  /// Starts children and grandchildren that ignore SIGTERM, one of them in a session of its own,
  /// then hangs with them, ignoring interrupts.
  HANG_WITH_CHILDREN(Effect.HANGS, Children::hangWithThem),

  /// Calls `System.exit` with a shutdown hook that calls `System.exit`: the second call waits for
  /// the first, and the first for the hook. The JVM hangs in its own end.
  EXIT_FROM_A_SHUTDOWN_HOOK(Effect.HANGS, Endings::exitFromAHook),

  // Those that take more than there is.

  /// Fills the heap, and keeps all of it.
  EAT_HEAP(Effect.EXHAUSTS, Memory::eatHeap),

  /// Fills the heap and catches each [OutOfMemoryError], for ever: the JVM spends its life
  /// collecting garbage that is none.
  EAT_HEAP_AND_CARRY_ON(Effect.EXHAUSTS, Memory::eatHeapAndCarryOn),

  /// Generates classes for ever, and keeps them.
  EAT_METASPACE(Effect.EXHAUSTS, Memory::eatMetaspace),

  /// Allocates direct byte buffers for ever, and keeps them.
  EAT_DIRECT_MEMORY(Effect.EXHAUSTS, Memory::eatDirectMemory),

  /// Calls `malloc` for ever and writes to what it gets, at most a GiB a second, so that a limit
  /// has time to act. No setting of the JVM bounds this.
  EAT_NATIVE_MEMORY(Effect.EXHAUSTS, Memory::eatNativeMemory, true),

  /// Calls itself until there is no stack left: a [StackOverflowError].
  RECURSE_FOR_EVER(Effect.EXHAUSTS, Memory::recurse),

  /// Opens files until the process may have no more, keeps them, and fails with an `IOException`.
  TAKE_EVERY_DESCRIPTOR(Effect.EXHAUSTS, Files::takeEveryDescriptor),

  /// Writes a file in the folder of temporary files until its disk is full, leaves it there, and
  /// fails with an `IOException`. It refuses, with an [IllegalStateException], if that disk is
  /// larger than a GiB: point the system property `java.io.tmpdir` to a small one.
  FILL_THE_DISK(Effect.EXHAUSTS, Files::fillTheDisk),

  // Those that end the JVM.

  /// Calls `System.exit(3)`.
  EXIT(Effect.ENDS_THE_JVM, Endings::exit),

  /// Calls `Runtime.halt(4)`: no shutdown hooks, no goodbye.
  HALT(Effect.ENDS_THE_JVM, Endings::halt),

  /// Writes to an address where nothing is: the JVM dies of SIGSEGV and writes an error report.
  WRITE_TO_A_WILD_ADDRESS(Effect.ENDS_THE_JVM, Endings::writeToAWildAddress, true),

  /// Calls `abort` in native code, as a failed assertion of a C library does.
  ABORT(Effect.ENDS_THE_JVM, Endings::abort, true),

  /// Sends itself SIGKILL.
  KILL_ITSELF(Effect.ENDS_THE_JVM, () -> Signals.send("KILL")),

  /// Sends itself SIGTERM, as if asked to end from outside: hooks run, exit code 143.
  TERMINATE_ITSELF(Effect.ENDS_THE_JVM, () -> Signals.send("TERM")),

  // Those that throw what is hard to bring home.

  /// Throws an exception whose `getMessage`, `toString`, `getCause` and `getStackTrace` throw.
  THROW_WHAT_CANNOT_SAY_WHY(Effect.THROWS, Throwing::whatCannotSayWhy),

  /// Throws an exception of a class that was generated a moment ago and exists nowhere else.
  THROW_WHAT_NOBODY_KNOWS(Effect.THROWS, Throwing::whatNobodyKnows),

  /// Throws an exception with a field that cannot be serialized.
  THROW_WHAT_CANNOT_TRAVEL(Effect.THROWS, Throwing::whatCannotTravel),

  /// Throws an exception whose chain of causes is a circle.
  THROW_A_CIRCLE_OF_CAUSES(Effect.THROWS, Throwing::circleOfCauses),

  /// Throws an exception whose chain of causes is 100 000 long.
  THROW_A_DEEP_CHAIN_OF_CAUSES(Effect.THROWS, Throwing::deepChainOfCauses),

  // Those that return what is hard to bring home.

  /// Returns an object that cannot be serialized.
  RETURN_WHAT_CANNOT_TRAVEL(Effect.RETURNS_POISON, Returning::whatCannotTravel),

  /// Returns a linked structure that is 100 000 objects deep: whoever follows it by recursion
  /// overflows the stack.
  RETURN_A_DEEP_GRAPH(Effect.RETURNS_POISON, Returning::deepGraph),

  /// Returns an object whose `readObject` never ends in any JVM but the one that made it; see
  /// [#releaseReaders()].
  RETURN_WHAT_IS_READ_FOR_EVER(Effect.RETURNS_POISON, Returning::whatIsReadForEver),

  /// Returns sets in sets, some kilobytes of them, that take the age of the universe to read,
  /// because their hash codes are computed anew at each level; see [#releaseReaders()].
  RETURN_A_BOMB(Effect.RETURNS_POISON, Returning::bomb),

  // Those that return, and leave something behind.

  /// Closes `System.out` and `System.err`, and what is under them.
  CLOSE_THE_STREAMS(Effect.LEAVES_TRACES, Streams::close),

  /// Closes file descriptors 1 and 2 behind the JVM's back: the next files that are opened get
  /// those numbers, and what is printed goes into them.
  CLOSE_THE_DESCRIPTORS(Effect.LEAVES_TRACES, Streams::closeDescriptors, true),

  /// Closes every descriptor of the process but the first three, as native code does that prepares
  /// to start a program and forgets to fork: open jars, sockets, pipes, whoever they belong to.
  CLOSE_EVERY_DESCRIPTOR(Effect.LEAVES_TRACES, Files::closeEveryDescriptor, true),

  /// Prints a GiB to standard output, without a single newline.
  FLOOD_STDOUT(Effect.LEAVES_TRACES, Streams::floodStdout),

  /// Prints a GiB to standard error, without a single newline.
  FLOOD_STDERR(Effect.LEAVES_TRACES, Streams::floodStderr),

  /// Prints what looks like messages of Telar's own protocol, and like end and escape characters,
  /// to both streams.
  PRINT_THE_PROTOCOL(Effect.LEAVES_TRACES, Streams::printTheProtocol),

  /// Starts children and grandchildren that ignore SIGTERM, one of them in a session of its own,
  /// and leaves them running. Returns their process ids, a `long[]`.
  LEAVE_CHILDREN(Effect.LEAVES_TRACES, Children::leave),

  /// Starts threads that are no daemons, never end and hear no interrupt.
  LEAVE_THREADS(Effect.LEAVES_TRACES, Leftovers::threads),

  /// Registers a shutdown hook that never ends.
  LEAVE_A_HANGING_HOOK(Effect.LEAVES_TRACES, Leftovers::hangingHook),

  /// Leaves the interrupt status of its thread set.
  LEAVE_INTERRUPTED(Effect.LEAVES_TRACES, Leftovers::interrupted),

  /// Makes Turkish the default locale, where `"I".toLowerCase()` is not `"i"`.
  CHANGE_LOCALE(Effect.LEAVES_TRACES, Leftovers::locale),

  /// Changes the default time zone.
  CHANGE_TIME_ZONE(Effect.LEAVES_TRACES, Leftovers::timeZone),

  /// Changes and adds system properties.
  CHANGE_SYSTEM_PROPERTIES(Effect.LEAVES_TRACES, Leftovers::systemProperties),

  /// Replaces `System.out` and `System.err` by streams that throw, and `System.in` by a closed one.
  CHANGE_STREAMS(Effect.LEAVES_TRACES, Streams::replace),

  /// Sets the context class loader of its thread to one that finds nothing.
  CHANGE_CONTEXT_CLASS_LOADER(Effect.LEAVES_TRACES, Leftovers::contextClassLoader),

  /// Gives its thread and its process the lowest priority there is.
  LOWEST_PRIORITY(Effect.LEAVES_TRACES, Leftovers::lowestPriority, true),

  /// Deletes every file that this JVM has mapped into shared memory or talks through: status pages,
  /// segments, sockets.
  DELETE_ITS_OWN_FILES(Effect.LEAVES_TRACES, Files::deleteItsOwn);

  /// The JVM option that those with native access need, for code on the class path.
  public static final String NATIVE_ACCESS = "--enable-native-access=ALL-UNNAMED";

  /// What happens when it is called.
  @FunctionalInterface
  private interface Accident {
    @Nullable Object happen() throws Exception;
  }

  private final Effect effect;

  @SuppressWarnings("ImmutableEnumChecker") // each is a method reference that captures nothing
  private final Accident accident;

  private final boolean needsNativeAccess;

  Misbehaviour(Effect effect, Accident accident) {
    this(effect, accident, false);
  }

  Misbehaviour(Effect effect, Accident accident, boolean needsNativeAccess) {
    this.effect = effect;
    this.accident = accident;
    this.needsNativeAccess = needsNativeAccess;
  }

  /// Does it, to this JVM.
  ///
  /// @return null, or what the description of the constant says
  /// @throws Exception what the description of the constant says
  @Override
  public @Nullable Object call() throws Exception {
    return accident.happen();
  }

  /// What comes of it.
  ///
  /// @return the effect, for whoever lets it run to its end
  public Effect effect() {
    return effect;
  }

  /// Whether it calls native code and therefore wants a JVM that was started with [#NATIVE_ACCESS].
  /// Without, that JVM prints warnings.
  ///
  /// @return true if it does
  public boolean needsNativeAccess() {
    return needsNativeAccess;
  }

  /// Ends all reading that hangs in this JVM because of [#RETURN_WHAT_IS_READ_FOR_EVER] or
  /// [#RETURN_A_BOMB], with an exception in the thread that reads; from now on none hangs. For the
  /// end of a test.
  public static void releaseReaders() {
    Returning.releaseReaders();
  }
}
