/** Measures Laurel from outside: launches at a fixed arrival rate, a cohort that qualifies at once, ready time, memory. */
@NullMarked
package bench;

import org.jspecify.annotations.NullMarked;
