package dev.laurel.gradebook.moodle;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Other courses of this Moodle on which completing this one rests, and those on which these rest: where Laurel writes grades
 * in one of them, a badge for completing this course may feed itself. What each rests on is asked for once in a look.
 */
final class OtherCourses {

    /** What more of them rest on is not asked for. */
    private static final int MOST = 10;

    private final Pass pass;

    private final Map<Long, Boolean> written = new HashMap<>();

    private final Map<Long, Set<Long>> conditions = new HashMap<>();

    private int asked;

    OtherCourses(Pass pass) {
        this.pass = pass;
    }

    /**
     * Whether being complete in this course may rest on a grade that Laurel writes.
     *
     * @param account of a learner for whom Moodle is asked what it rests on, which is the same for everybody
     */
    boolean mayRestOnLaurel(long number, String account) {
        Deque<Long> next = new ArrayDeque<>(Set.of(number));
        Set<Long> seen = new HashSet<>();
        while (!next.isEmpty()) {
            long course = next.pop();
            if (!seen.add(course)) {
                continue;
            }
            if (written.computeIfAbsent(course, pass::writesIn)) {
                return true;
            }
            next.addAll(conditions(course, account));
        }
        return false;
    }

    /** Of a course in which she is not, or that may not be read, nothing is known: another learner may be. */
    private Set<Long> conditions(long course, String account) {
        Set<Long> known = conditions.get(course);
        if (known != null || course == pass.number() || asked >= MOST) {
            return known == null ? Set.of() : known;
        }
        asked++;
        try {
            known = Completions.otherCourses(
                    pass.calls().call(MoodleFunction.COURSE_COMPLETION, "courseid", course, "userid", account));
        } catch (MoodleRefusal refusal) {
            if (!refusal.isOfNothing()) {
                return Set.of();
            }
            known = Set.of();
        }
        conditions.put(course, known);
        return known;
    }
}
