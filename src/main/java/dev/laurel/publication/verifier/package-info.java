/** The page and the API at which anybody checks a badge, ours or not. */
@NullMarked
package dev.laurel.publication.verifier;

import org.jspecify.annotations.NullMarked;
