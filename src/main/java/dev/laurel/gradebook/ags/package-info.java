/** The gradebook of an LMS over LTI's own service, which shows only the tool's own columns. */
@NullMarked
package dev.laurel.gradebook.ags;

import org.jspecify.annotations.NullMarked;
