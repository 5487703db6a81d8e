/** Laurel: results in an LMS course become signed Open Badges 3.0 credentials. */
@NullMarked
package dev.laurel;

import org.jspecify.annotations.NullMarked;
