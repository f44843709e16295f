/// What takes less than a round trip, measured by JMH.
@NullMarked
package dev.telar.benchmarks.micro;

import org.jspecify.annotations.NullMarked;
