/** Awards on their way from decided to released. */
@NullMarked
package dev.laurel.award.release;

import org.jspecify.annotations.NullMarked;
