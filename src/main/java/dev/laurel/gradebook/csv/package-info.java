/**
 * Results from files: the gradebook exports of Canvas and Moodle, and plain ones. A file is kept sealed until its instructor
 * decided, read as a stream each time, and written to the log of the course in parts.
 */
@NamedInterface("csv")
@NullMarked
package dev.laurel.gradebook.csv;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
