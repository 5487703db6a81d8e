/** What follows where a result falls below the rule, and how awards are taken back. */
@NullMarked
package dev.laurel.award.fall;

import org.jspecify.annotations.NullMarked;
