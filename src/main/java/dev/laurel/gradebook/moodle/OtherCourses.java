package dev.laurel.gradebook.moodle;

import dev.laurel.platform.ServiceProblem;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

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

    /** Over which Moodle failed. */
    private final Set<Long> failed = new HashSet<>();

    private int asked;

    OtherCourses(Pass pass) {
        this.pass = pass;
    }

    /** Whether something rests on a grade that Laurel writes. */
    enum Rests {
        YES,
        NO,
        /** Moodle does not tell everything that it rests on. */
        UNKNOWN
    }

    /**
     * Whether being complete in these courses may rest on a grade that Laurel writes.
     *
     * @param account of a learner for whom Moodle is asked what each rests on, which is the same for everybody; {@code null}:
     *     what was not asked for yet is not known
     */
    Rests rest(Collection<Long> courses, @Nullable String account) {
        Deque<Long> next = new ArrayDeque<>(courses);
        Set<Long> seen = new HashSet<>();
        boolean isKnown = true;
        while (!next.isEmpty()) {
            long course = next.pop();
            if (!seen.add(course)) {
                continue;
            }
            if (written.computeIfAbsent(course, pass::writesIn)) {
                return Rests.YES;
            }
            if (course == pass.number()) {
                continue;
            }
            if (!conditions.containsKey(course) && account != null && asked < MOST && !failed.contains(course)) {
                ask(course, account);
            }
            isKnown &= conditions.containsKey(course);
            next.addAll(conditions.getOrDefault(course, Set.of()));
        }
        return isKnown ? Rests.NO : Rests.UNKNOWN;
    }

    /** Of a course in which she is not, or that may not be read, nothing is known: another learner may be in it. */
    private void ask(long course, String account) {
        asked++;
        try {
            conditions.put(
                    course,
                    Completions.otherCourses(pass.calls()
                            .call(MoodleFunction.COURSE_COMPLETION, "courseid", course, "userid", account)));
        } catch (MoodleRefusal refusal) {
            if (refusal.isOfTheKey()) {
                throw refusal;
            }
            if (refusal.isOfNothing()) {
                conditions.put(course, Set.of());
            }
        } catch (ServiceProblem problem) {
            if (problem.retryAfter() != null) {
                throw problem;
            }
            failed.add(course);
        }
    }
}
