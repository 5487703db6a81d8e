/** Badges of a course as one file, and badges of a file as drafts of a course. The file is described in docs/badge-sets.md. */
@NullMarked
package dev.laurel.dashboard.template;

import org.jspecify.annotations.NullMarked;
