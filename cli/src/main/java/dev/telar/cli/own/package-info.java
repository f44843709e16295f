/// The workload `run`: a class of the user's own.
@NullMarked
package dev.telar.cli.own;

import org.jspecify.annotations.NullMarked;
