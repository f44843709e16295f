/// The `telar` command: its arguments, its reports, and what it measures.
@NullMarked
package dev.telar.cli;

import org.jspecify.annotations.NullMarked;
