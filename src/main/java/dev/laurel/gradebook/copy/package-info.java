/** Finding the columns of a course again in a copy of it. */
@NullMarked
package dev.laurel.gradebook.copy;

import org.jspecify.annotations.NullMarked;
