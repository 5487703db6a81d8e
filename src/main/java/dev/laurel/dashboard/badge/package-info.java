/** The pages of one badge for those who teach: made, edited, and who it went to. */
@NullMarked
package dev.laurel.dashboard.badge;

import org.jspecify.annotations.NullMarked;
