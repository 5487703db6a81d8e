/** Pages on which instructors bring results from a file. */
@NullMarked
package dev.laurel.dashboard.csv;

import org.jspecify.annotations.NullMarked;
