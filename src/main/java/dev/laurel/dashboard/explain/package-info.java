/** How a verdict, a number and the next step are said in words. */
@NullMarked
package dev.laurel.dashboard.explain;

import org.jspecify.annotations.NullMarked;
