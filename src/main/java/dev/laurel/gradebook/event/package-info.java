/** Events of platforms: hints that something is new, never what it is. */
@NamedInterface("event")
@NullMarked
package dev.laurel.gradebook.event;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
