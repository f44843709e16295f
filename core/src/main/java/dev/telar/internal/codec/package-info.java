/// Values to bytes and back: raw forms for the simple ones, JDK serialization with a class
/// dictionary for the rest.
@NullMarked
package dev.telar.internal.codec;

import org.jspecify.annotations.NullMarked;
