/// Tests of the codec.
@org.jspecify.annotations.NullUnmarked
package dev.telar.internal.codec;
