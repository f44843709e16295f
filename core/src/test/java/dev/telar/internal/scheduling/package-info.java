/// Tests of the scheduler.
@org.jspecify.annotations.NullUnmarked
package dev.telar.internal.scheduling;
