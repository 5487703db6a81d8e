package dev.laurel.gradebook.moodle;

import dev.laurel.gradebook.LineItem;
import dev.laurel.gradebook.Observation;
import dev.laurel.gradebook.source.Column;
import dev.laurel.gradebook.source.Result;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Activities and the course being complete, as Moodle tracks it. */
final class Completions {

    private static final Pattern MODULE = Pattern.compile("/mod/[^?]*[?&;]id=(\\d{1,18})");

    private static final Pattern OTHER_COURSE = Pattern.compile("/course/view\\.php\\?id=(\\d{1,18})");

    /** {@code COMPLETION_CRITERIA_TYPE_GRADE}: the total of the course. */
    private static final int OF_GRADE = 6;

    /** {@code COMPLETION_COMPLETE_FAIL}. */
    private static final String FAILED = "3";

    private static final String COURSE = "The whole course";

    private static final String COURSE_GROUP = "Completion";

    private Completions() {}

    /**
     * The activities that are tracked ({@code core_course_get_contents}).
     *
     * @param excluded activities whose grade Laurel writes
     */
    static List<Column> activities(JsonNode sections, Set<String> excluded) {
        List<Column> columns = new ArrayList<>();
        for (JsonNode section : MoodleCalls.list(sections)) {
            String group = MoodleText.group(section.path("name"));
            for (JsonNode module : section.path("modules")) {
                String id = MoodleText.id(module.path("id"));
                if (id != null && module.path("completion").asInt(0) > 0 && !excluded.contains(id)) {
                    columns.add(column(MoodleText.COMPLETION + id, MoodleText.label(module.path("name")), group));
                }
            }
        }
        return columns;
    }

    static Column course() {
        return column(MoodleText.COURSE_COMPLETION, COURSE, COURSE_GROUP);
    }

    private static Column column(String externalId, String label, @Nullable String group) {
        return new Column(externalId, label, LineItem.Kind.COMPLETION, group, null, BigDecimal.ONE, null, null, null);
    }

    /**
     * What of these columns one learner has completed; whatever is not named is not. State 3 has a time of completion too:
     * a grade that is not enough. Whether that completes the activity, where a grade is asked for but none to pass, Moodle says
     * beside it.
     *
     * @return without those of which something is said that cannot be understood
     */
    static Map<String, Result> ofLearner(JsonNode answer, String account, Iterable<Column> columns) {
        Map<String, JsonNode> statuses = new HashMap<>();
        for (JsonNode status : MoodleCalls.list(answer, "statuses")) {
            statuses.put(MoodleText.COMPLETION + MoodleText.id(status.path("cmid")), status);
        }
        Map<String, Result> results = new LinkedHashMap<>();
        for (Column column : columns) {
            JsonNode status = statuses.get(column.externalId());
            String state = status == null ? "0" : MoodleText.id(status.path("state"));
            if (state == null) {
                continue;
            }
            results.put(
                    column.externalId(),
                    status != null && isComplete(state, status)
                            ? complete(account, MoodleText.time(status.path("timecompleted")))
                            : Result.none(account));
        }
        return results;
    }

    private static boolean isComplete(String state, JsonNode status) {
        return state.equals("1")
                || state.equals("2")
                || state.equals(FAILED) && Boolean.TRUE.equals(MoodleText.flag(status.path("isoverallcomplete")));
    }

    static boolean isCourseComplete(JsonNode answer) {
        return Boolean.TRUE.equals(
                MoodleText.flag(answer.path("completionstatus").path("completed")));
    }

    /**
     * Of the course; Moodle says so only after its cron has run.
     *
     * @return {@code null} where it does not say whether it is complete
     */
    static @Nullable Result ofCourse(JsonNode answer, String account) {
        JsonNode status = answer.path("completionstatus");
        Boolean completed = MoodleText.flag(status.path("completed"));
        if (completed == null) {
            return null;
        }
        if (!completed) {
            return Result.none(account);
        }
        Instant last = null;
        for (JsonNode criterion : status.path("completions")) {
            Instant at = MoodleText.time(criterion.path("timecompleted"));
            last = at != null && (last == null || at.isAfter(last)) ? at : last;
        }
        return complete(account, last);
    }

    /**
     * Whether completing the course may rest on a grade that Laurel writes in it: one of these activities is a condition of
     * it, or the total of the course is.
     *
     * @param modules activities whose grade Laurel writes
     * @param writes whether Laurel writes grades in this course
     */
    static boolean restsOn(JsonNode answer, Set<String> modules, boolean writes) {
        for (JsonNode criterion : conditions(answer)) {
            Matcher module = MODULE.matcher(link(criterion));
            if (module.find() && modules.contains(module.group(1))
                    || criterion.path("type").asInt(0) == OF_GRADE && writes) {
                return true;
            }
        }
        return false;
    }

    /** The numbers of the courses that have to be complete before this one is. */
    static Set<Long> otherCourses(JsonNode answer) {
        Set<Long> courses = new LinkedHashSet<>();
        for (JsonNode criterion : conditions(answer)) {
            Matcher other = OTHER_COURSE.matcher(link(criterion));
            if (other.find()) {
                courses.add(Long.valueOf(other.group(1)));
            }
        }
        return courses;
    }

    private static JsonNode conditions(JsonNode answer) {
        return MoodleCalls.list(answer.path("completionstatus"), "completions");
    }

    private static String link(JsonNode criterion) {
        return criterion.path("details").path("criteria").asString("");
    }

    private static Result complete(String account, @Nullable Instant at) {
        return new Result(
                account,
                Observation.Status.GRADED,
                BigDecimal.ONE,
                BigDecimal.ONE,
                null,
                Observation.Visibility.POSTED,
                null,
                at,
                null);
    }
}
