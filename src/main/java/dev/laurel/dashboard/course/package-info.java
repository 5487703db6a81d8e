/** A course for those who teach: its badges, its columns, and the road of one grade. */
@NullMarked
package dev.laurel.dashboard.course;

import org.jspecify.annotations.NullMarked;
