package dev.laurel.gradebook.moodle;

import dev.laurel.gradebook.moodle.OtherCourses.Rests;
import dev.laurel.gradebook.source.Result;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Being complete in the course as a whole. It counts only where it is known to rest on no grade that Laurel writes: until
 * then nothing is said of it, and it is no column that was not one before.
 */
final class WholeCourse {

    private static final String FEEDS_ITSELF =
            "Completing this course may rest on a grade that Laurel writes: then a badge would feed itself."
                    + " It cannot decide about one.";

    private static final String UNKNOWN =
            "Completing this course rests on other courses, and Moodle does not tell Laurel what those rest on: it may be a"
                    + " grade that Laurel writes. As long as that is so, completing this course decides about no badge. The"
                    + " administrator of Moodle can let the account behind Laurel’s key see who completed the other"
                    + " courses.";

    private final Pass pass;

    private final GradeReport report;

    private final BiConsumer<String, @Nullable Result> say;

    private final OtherCourses others;

    /** What was answered of whom, while it is not known what it rests on. */
    private final Map<String, JsonNode> undecided = new LinkedHashMap<>();

    /** @param say told of each account what it reached, or {@code null} where that cannot be read */
    WholeCourse(Pass pass, GradeReport report, BiConsumer<String, @Nullable Result> say) {
        this.pass = pass;
        this.report = report;
        this.say = say;
        this.others = new OtherCourses(pass);
    }

    /**
     * Takes in what Moodle says of one learner. Whoever completed the course was in those that come before it, so that Moodle
     * tells of her what they rest on.
     *
     * @return whether nobody else need be asked for: it rests on what Laurel writes
     */
    boolean take(String account, JsonNode answer) {
        return decide(account, answer, Completions.isCourseComplete(answer) ? account : null) == Rests.YES;
    }

    /** Everybody was asked for: what is still not known is asked of the others. */
    void end() {
        Map.copyOf(undecided).forEach((account, answer) -> {
            if (undecided.remove(account) != null) {
                decide(account, answer, account);
            }
        });
        if (!undecided.isEmpty()) {
            pass.warn(UNKNOWN);
        }
    }

    private Rests decide(String account, JsonNode answer, @Nullable String asking) {
        Rests rests = Completions.restsOn(answer, report.outputModules(), pass.writesIn(pass.number()))
                ? Rests.YES
                : others.rest(Completions.otherCourses(answer), asking);
        if (rests == Rests.YES) {
            undecided.clear();
            pass.columns().remove(MoodleText.COURSE_COMPLETION);
            pass.warn(FEEDS_ITSELF);
        } else if (rests == Rests.NO) {
            pass.columns().put(Completions.course());
            say.accept(account, Completions.ofCourse(answer, account));
        } else {
            undecided.put(account, answer);
        }
        return rests;
    }
}
