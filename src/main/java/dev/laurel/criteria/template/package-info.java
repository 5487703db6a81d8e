/** Badges that come from a file: the file until somebody decided, and what was made of it. */
@NamedInterface("template")
@NullMarked
package dev.laurel.criteria.template;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
