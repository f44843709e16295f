/// Tells what was measured: a table and plain sentences for people, JSON for programs.
@NullMarked
package dev.telar.cli.report;

import org.jspecify.annotations.NullMarked;
