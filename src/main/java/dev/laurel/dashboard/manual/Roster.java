package dev.laurel.dashboard.manual;

import dev.laurel.context.Contexts;
import dev.laurel.context.CourseContext;
import dev.laurel.context.Profile;
import dev.laurel.dashboard.Names;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;

/** The learners of a course by name, a page of them at a time. */
@Component
class Roster {

    /** As many as one form may hold. */
    static final int PAGE = 100;

    private final Contexts contexts;

    private final Names names;

    Roster(Contexts contexts, Names names) {
        this.contexts = contexts;
        this.names = names;
    }

    record Learner(long personId, String name) {}

    /**
     * @param from the number of the first one shown, from 0
     * @param next where the next page begins; -1 where this is the last
     */
    record Page(List<Learner> learners, int from, int next, int all) {

        public int previous() {
            return from == 0 ? -1 : Math.max(0, from - PAGE);
        }
    }

    Page page(CourseContext course, int from) {
        List<Learner> all = named(course, contexts.evaluated(course.tenant(), course.id()));
        int first = from < 0 || from >= all.size() ? 0 : from;
        int end = Math.min(all.size(), first + PAGE);
        return new Page(all.subList(first, end), first, end < all.size() ? end : -1, all.size());
    }

    Set<Long> everybody(CourseContext course) {
        return contexts.evaluated(course.tenant(), course.id());
    }

    List<Learner> named(CourseContext course, Collection<Long> people) {
        Map<Long, Profile> profiles = contexts.profiles(course.tenant(), people);
        return people.stream()
                .map(person -> new Learner(person, names.of(profiles.get(person))))
                .sorted(Comparator.comparing(Learner::name, String.CASE_INSENSITIVE_ORDER)
                        .thenComparing(Learner::personId))
                .toList();
    }

    String name(CourseContext course, long person) {
        return names.of(course.tenant(), person);
    }
}
