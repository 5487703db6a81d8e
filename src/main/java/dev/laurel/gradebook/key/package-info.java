/** With what a platform lets Laurel read more of a course than LTI shows. */
@NamedInterface("key")
@NullMarked
package dev.laurel.gradebook.key;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
