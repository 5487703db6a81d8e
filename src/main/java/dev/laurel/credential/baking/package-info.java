/** Badges inside pictures, PNG and SVG: putting them in, and finding them. */
@NullMarked
package dev.laurel.credential.baking;

import org.jspecify.annotations.NullMarked;
