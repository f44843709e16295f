package dev.telar.shared;

import java.io.Serializable;

/// Something in memory that several processes share, made by a [Shared].
///
/// It is passed on by capturing it in a task, by sending it through a queue or pipe, or by
/// serializing it in any other way to a JVM on the same machine that runs as the same user (and in
/// the same process namespace: containers have their own, and are refused): what travels is a
/// handle of about a hundred bytes, and what arrives is the same object, not a copy.
///
/// It ends with its [Shared]. Every operation throws [SharedClosedException] from then on.
///
/// All shared objects are safe for use by any number of threads in any number of processes, virtual
/// threads included; none blocks a carrier thread. Two handles of one object are equal.
public interface SharedObject extends Serializable {

  /// Whether it can still be used: its [Shared] was not closed. The death of the process that
  /// opened that may go unnoticed here until somebody waits for the object or attaches it.
  boolean isOpen();
}
