/** Taking badges over from another course: what is proposed after a course copy, and what a teacher takes from her own. */
@NullMarked
package dev.laurel.dashboard.copy;

import org.jspecify.annotations.NullMarked;
