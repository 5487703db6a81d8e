/** How the badge of a course is awarded: its policy, passes that wait or are undone, and what people decide case by case. */
@NullMarked
package dev.laurel.dashboard.awarding;

import org.jspecify.annotations.NullMarked;
