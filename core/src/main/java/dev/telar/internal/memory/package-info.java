/// Memory that processes share, and how they wait in it. It knows nothing of pools and tasks.
///
/// What an object is built from:
///
/// - `Block block = arena.allocate(bytes)` (small) or `allocateFile(bytes)`: zeros, aligned to 64.
///   `block.handle()` travels; `SharedArena.attach(handle)` gives the block in any process.
///   `arena.object(block, type, constructor)`: one object for each block and process.
/// - `arena.checkOpen(this)`: first in every operation (one read).
/// - `arena.participants().self()`: an int that names this process in owner words, never 0;
///   `isDead(id)`: cheap to ask again and again; a stopped process is not dead.
/// - `new WaitPoint(block, offset, exclusive, this)`: `await(attempt, nanos)`,
///   `awaitUninterruptibly(attempt)`, and after a volatile write `signal()`.
/// - `new RobustLock(block, offset, this)`: reentrant, survives its owner; `wasAbandoned()` after.
/// - `FaultPoint.at("queue.put.written")` after each step: where tests kill.
/// - [Words] and the methods of [Block]: volatile reads and writes, compare-and-set.
@NullMarked
package dev.telar.internal.memory;

import org.jspecify.annotations.NullMarked;
