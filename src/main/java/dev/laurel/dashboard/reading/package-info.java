/** Pages on which institutions and teachers let Laurel read more of an LMS. */
@NullMarked
package dev.laurel.dashboard.reading;

import org.jspecify.annotations.NullMarked;
