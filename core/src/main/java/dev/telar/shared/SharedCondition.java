package dev.telar.shared;

import java.util.concurrent.locks.Condition;

/// A condition of a [SharedLock], on which threads of several processes wait and signal.
///
/// As with every [Condition], a wait can end without a signal, so it belongs in a loop that looks
/// at what is waited for. A signal is for one of those that wait when it is given, not necessarily
/// the one that has waited longest; if that one's process dies, or its time is over, it is
/// another's. A process that dies while it waits leaves nothing behind but, at most, a wake-up
/// without a signal.
///
/// When the process of a thread dies that held the lock, waits go on; see
/// [SharedLock#wasAbandoned()].
///
/// All methods throw [IllegalMonitorStateException] if the thread does not hold the lock, and
/// [SharedClosedException] when the [Shared] of this object is closed, also while they wait.
public interface SharedCondition extends Condition, SharedObject {}
