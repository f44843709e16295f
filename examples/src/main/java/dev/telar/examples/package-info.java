/// Small programs that show Telar, one idea each.
@NullMarked
package dev.telar.examples;

import org.jspecify.annotations.NullMarked;
