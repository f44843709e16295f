@NullUnmarked
package dev.telar.internal.wire;

import org.jspecify.annotations.NullUnmarked;
