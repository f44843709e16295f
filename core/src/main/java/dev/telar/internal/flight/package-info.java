/// What Telar tells JDK Flight Recorder, where there is one.
@NullMarked
package dev.telar.internal.flight;

import org.jspecify.annotations.NullMarked;
