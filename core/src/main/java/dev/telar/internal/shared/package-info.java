/// The shared objects behind the interfaces of `dev.telar.shared`, over `internal.memory`.
///
/// A new kind of object is a class that extends [MappedObject], a constant in [ObjectKind], and a
/// method of [OpenedShared].
@NullMarked
package dev.telar.internal.shared;

import org.jspecify.annotations.NullMarked;
