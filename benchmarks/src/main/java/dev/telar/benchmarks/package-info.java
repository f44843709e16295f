/// Telar and its peers measured side by side in one run.
@NullMarked
package dev.telar.benchmarks;

import org.jspecify.annotations.NullMarked;
