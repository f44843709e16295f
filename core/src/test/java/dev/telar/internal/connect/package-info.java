/// Tests of connections between programs.
@org.jspecify.annotations.NullUnmarked
package dev.telar.internal.connect;
