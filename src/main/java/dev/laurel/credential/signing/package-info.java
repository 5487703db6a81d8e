/** Signing what was released, once and in jobs, and keeping the bytes: sealed where they say who their holder is. */
@NullMarked
package dev.laurel.credential.signing;

import org.jspecify.annotations.NullMarked;
