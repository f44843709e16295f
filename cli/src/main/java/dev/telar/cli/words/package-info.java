/// The workload `words`: how often each word occurs in real text.
@NullMarked
package dev.telar.cli.words;

import org.jspecify.annotations.NullMarked;
