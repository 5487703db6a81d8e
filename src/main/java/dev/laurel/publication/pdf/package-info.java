/** Pages for paper: tagged PDF from the same templates as pages for screens. */
@NullMarked
package dev.laurel.publication.pdf;

import org.jspecify.annotations.NullMarked;
