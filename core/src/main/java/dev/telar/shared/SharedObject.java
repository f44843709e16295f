package dev.telar.shared;

import java.io.Serializable;

/// Something in memory that several processes share, made by a [Shared].
///
/// It is passed on by capturing it in a task, by sending it through a queue or pipe, or by
/// serializing it in any other way to a JVM on the same machine that runs as the same user (and in
/// the same process namespace: containers have their own, and are refused): what travels is a
/// handle of about a hundred bytes, and what arrives is the same object, not a copy.
///
/// It ends with its [Shared]: when that is closed, or the process that opened it dies. Every
/// operation throws [SharedClosedException] from then on; after a death, from when it was noticed
/// ([#isOpen()]).
///
/// All shared objects are safe for use by any number of threads in any number of processes, virtual
/// threads included; none blocks a carrier thread. Two handles of one object are equal.
public interface SharedObject extends Serializable {

  /// Whether it can still be used: its [Shared] was not closed, and the process that opened that
  /// lives. A death is noticed within a second, and sooner by whoever waits or attaches an object.
  boolean isOpen();
}
