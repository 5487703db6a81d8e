/** Backpacks and other hosts of badges fetch what a student lets them have: the Open Badges API. */
@NamedInterface("backpack")
@NullMarked
package dev.laurel.publication.backpack;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
