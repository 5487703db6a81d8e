package dev.laurel.gradebook.moodle;

import dev.laurel.context.Contexts;
import dev.laurel.context.CourseContext;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tells the course who is an assistant and who is in which group, every few minutes. */
final class Members {

    private static final Duration EVERY = Duration.ofMinutes(10);

    /** In courses whose list of people is long. */
    private static final Duration MANY_EVERY = Duration.ofHours(1);

    private static final int MANY = 500;

    private final Pass pass;

    Members(Pass pass) {
        this.pass = pass;
    }

    /** Also where a roster was read since: whom it brought is not known to be an assistant yet. */
    static boolean areDue(CourseContext course, Bookmark before, long now) {
        Instant roster = course.rosterCheckedAt();
        if (roster != null && roster.getEpochSecond() >= before.peopleAt()) {
            return true;
        }
        Duration every = before.enrolled() > MANY ? MANY_EVERY : EVERY;
        return before.peopleAt() + every.toSeconds() <= now;
    }

    /** Answers how many are enrolled, where Moodle tells. */
    OptionalLong tell() {
        if (!pass.may(MoodleCapability.PEOPLE)) {
            return OptionalLong.empty();
        }
        try {
            Enrolments enrolments = new Enrolments(graders());
            enrolments.read(pass.calls(), pass.number());
            List<Contexts.Told> everybody = enrolments.everybody();
            if (!everybody.isEmpty()) {
                CourseContext course = pass.course();
                pass.contexts().tellRoles(course.tenant(), course.id(), everybody);
                tellGroups(course, enrolments);
            }
            long unknown = enrolments.unknown();
            if (unknown > 0) {
                pass.warn(unknown + (unknown == 1 ? " member has" : " members have")
                        + " only roles that this Moodle made itself. Laurel takes them for no students, because it does"
                        + " not know what they may do. " + MoodleFunction.GRADING_PEOPLE.remedy());
            }
            return OptionalLong.of(everybody.size());
        } catch (MoodleRefusal refusal) {
            pass.warn(refusal);
            return OptionalLong.empty();
        }
    }

    private void tellGroups(CourseContext course, Enrolments enrolments) {
        if (enrolments.areAllGroups()) {
            pass.sections().tellAll(course.tenant(), course.id(), enrolments.groupNames());
        } else {
            pass.sections().tell(course.tenant(), course.id(), enrolments.groupNames());
        }
    }

    /** Accounts that may grade; {@code null} where Moodle does not tell. */
    private @Nullable Set<String> graders() {
        if (!pass.may(MoodleCapability.OWN_ROLES)) {
            return null;
        }
        try {
            return Enrolments.graders(pass.calls(), pass.number());
        } catch (MoodleRefusal refusal) {
            pass.warn(refusal);
            return null;
        }
    }
}
