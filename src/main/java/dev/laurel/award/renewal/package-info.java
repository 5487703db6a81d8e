/** Awards that end: their holders are told before, and results from then on renew them. */
@NullMarked
package dev.laurel.award.renewal;

import org.jspecify.annotations.NullMarked;
