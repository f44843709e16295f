/// Large values beside the messages: files that the sender owns and fills, and the receiver maps.
///
/// ```
///   sender                      file (page of header, then the value)           receiver
///   SegmentStore ──borrow──▶ word: 0 ─▶ number of the loan ─▶ 0 … ─▶ RETIRED ◀── AttachedSegments
/// ```
///
/// Whoever writes owns: it makes its files, lends them, and deletes those that idle. The word in
/// the header says who has a file now, so that nothing needs to be told in messages, and a side
/// that dies takes no other's memory with it: files of a dead worker are deleted by its parent, of
/// a dead parent with its runtime directory.
@NullMarked
package dev.telar.internal.bulk;

import org.jspecify.annotations.NullMarked;
