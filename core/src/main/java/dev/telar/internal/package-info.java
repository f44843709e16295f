/// The one door from the API to the engines.
@NullMarked
package dev.telar.internal;

import org.jspecify.annotations.NullMarked;
