/** Badges chosen or made in the dialog of the LMS, and placed in the course as links. */
@NullMarked
package dev.laurel.dashboard.deeplinking;

import org.jspecify.annotations.NullMarked;
