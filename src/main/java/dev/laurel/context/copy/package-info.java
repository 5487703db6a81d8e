/** From which courses a course was copied, and how Laurel comes to know. */
@NullMarked
package dev.laurel.context.copy;

import org.jspecify.annotations.NullMarked;
