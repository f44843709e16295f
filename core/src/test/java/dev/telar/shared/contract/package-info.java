/// What every shared object promises, held to it between threads, between this program and its
/// workers, and among workers; run once with and once without native access (see core's `pom.xml`).
@org.jspecify.annotations.NullUnmarked
package dev.telar.shared.contract;
