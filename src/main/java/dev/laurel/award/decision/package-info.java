/** From criteria met to an award: once, in passes, under the badge's policy and after the review that it asks for. */
@NullMarked
package dev.laurel.award.decision;

import org.jspecify.annotations.NullMarked;
