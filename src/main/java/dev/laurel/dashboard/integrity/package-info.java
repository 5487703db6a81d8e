/** How the results behind an award came about, for the instructors of the course and nobody else. */
@NullMarked
package dev.laurel.dashboard.integrity;

import org.jspecify.annotations.NullMarked;
