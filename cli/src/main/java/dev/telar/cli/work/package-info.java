/// What a workload is: work to be cut into items, a function for one item, and a way to join
/// results.
@NullMarked
package dev.telar.cli.work;

import org.jspecify.annotations.NullMarked;
