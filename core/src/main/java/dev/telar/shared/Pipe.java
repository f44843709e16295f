package dev.telar.shared;

/// A channel for messages between two threads or processes: Python's `multiprocessing.Pipe`.
///
/// ```java
/// Pipe<String, Integer> pipe = shared.pipe();
/// var end = pipe.second();
/// pool.submit(() -> { end.send(end.receive().length()); });
/// pipe.first().send("hello");
/// int length = pipe.first().receive();
/// ```
///
/// Each end is a [Connection] that can be captured in a task or sent on. It belongs to the process
/// that received it last, or, as long as it was sent nowhere, to the one that made the pipe. The
/// other side finds the end of the stream when that process closes it or dies, with what it had
/// sent before still to be received. A worker that merely ends its task does not close it; do that
/// with `try`.
///
/// A message longer than 16 KiB goes through a file of its own. Each direction holds up to 64 KiB;
/// then [Connection#send] waits. The methods of both ends throw [SharedClosedException] when the
/// [Shared] of the pipe is closed.
///
/// @param first one end
/// @param second the other end
/// @param <A> what the first end sends
/// @param <B> what the second end sends
public record Pipe<A, B>(Connection<A, B> first, Connection<B, A> second) {}
