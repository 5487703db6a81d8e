/** "Is it yours?": somebody who sees a badge asks, and its holder answers from Laurel or from her wallet. */
@NamedInterface("owner")
@NullMarked
package dev.laurel.publication.owner;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
