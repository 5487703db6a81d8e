/** Pages for results that people enter in Laurel: the staff's and the learner's. */
@NullMarked
package dev.laurel.dashboard.manual;

import org.jspecify.annotations.NullMarked;
