/// Tests of objects that processes share.
@org.jspecify.annotations.NullUnmarked
package dev.telar.shared;
