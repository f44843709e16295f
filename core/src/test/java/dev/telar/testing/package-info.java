/// What the tests share: the engines, signals between processes, the rule that nothing is left
/// over.
@NullMarked
package dev.telar.testing;

import org.jspecify.annotations.NullMarked;
