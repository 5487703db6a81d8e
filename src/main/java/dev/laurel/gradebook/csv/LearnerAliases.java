package dev.laurel.gradebook.csv;

import dev.laurel.context.CourseContext;
import dev.laurel.gradebook.csv.CsvMapping.Role;
import java.util.Collection;
import java.util.Map;

/**
 * Names by which a file may call the members of a course, such as the numbers of the LMS. Whoever learns of further ones
 * adds another.
 */
interface LearnerAliases {

    /** What a column holds that has these names. */
    Role role();

    /** By person; those of whom none is known are missing. */
    Map<Long, String> of(CourseContext course, Collection<Long> people);
}
