/// Documents that nobody here wrote, and what a parser makes of them.
@NullMarked
package dev.telar.examples.documents;

import org.jspecify.annotations.NullMarked;
