/// The workload `fetch`: downloads pages.
@NullMarked
package dev.telar.cli.fetch;

import org.jspecify.annotations.NullMarked;
