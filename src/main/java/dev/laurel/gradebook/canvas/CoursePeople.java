package dev.laurel.gradebook.canvas;

import dev.laurel.context.Contexts;
import dev.laurel.context.CourseContext;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Who of a course can earn a badge, by Canvas's numbers. Of nobody else may Canvas be asked by name: it refuses a whole list
 * that names somebody who left.
 */
final class CoursePeople {

    /** So many people show whether Canvas tells who is who. */
    private static final int SAMPLE = 20;

    private final Contexts contexts;

    private final CourseContext course;

    private @Nullable Set<Long> earners;

    private @Nullable Set<String> everybody;

    CoursePeople(Contexts contexts, CourseContext course) {
        this.contexts = contexts;
        this.course = course;
    }

    /** Our numbers of everybody. */
    Set<Long> earners() {
        if (earners == null) {
            earners = contexts.earners(course.tenant(), course.id());
        }
        return earners;
    }

    int count() {
        return earners().size();
    }

    Set<String> everybody() {
        if (everybody == null) {
            everybody = new LinkedHashSet<>(users(earners()).values());
        }
        return everybody;
    }

    /** Canvas's numbers of those of these people who are there, by ours. */
    Map<Long, String> among(Collection<Long> people) {
        Set<Long> present = new LinkedHashSet<>(people);
        present.retainAll(earners());
        return users(present);
    }

    /** Those of these users who are there: a list of everybody tells of those, too, who left. */
    Set<String> present(Set<String> users) {
        Set<String> present = new LinkedHashSet<>(users);
        if (!present.isEmpty()) {
            present.retainAll(everybody());
        }
        return present;
    }

    /** Whether Canvas told the number of none of them, as far as a few show. */
    boolean areUnknown() {
        Set<Long> some = earners().stream().limit(SAMPLE).collect(Collectors.toSet());
        return !some.isEmpty() && users(some).isEmpty();
    }

    private Map<Long, String> users(Set<Long> persons) {
        return contexts.platformUsers(course, persons);
    }
}
