/** Frameworks of skills that an institution brings as a file, so that nobody has to type what a badge stands for. */
@NamedInterface("framework")
@NullMarked
package dev.laurel.achievement.framework;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
