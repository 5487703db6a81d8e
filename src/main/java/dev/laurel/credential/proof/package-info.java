/** How credentials are proved: JSON-LD with pinned contexts, canonical RDF, signatures and key encodings. */
@NullMarked
package dev.laurel.credential.proof;

import org.jspecify.annotations.NullMarked;
