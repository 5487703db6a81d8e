/** Coming back to one's badges without an LMS: by a link that is mailed to an address which one confirmed in a launch. */
@NullMarked
package dev.laurel.publication.returning;

import org.jspecify.annotations.NullMarked;
