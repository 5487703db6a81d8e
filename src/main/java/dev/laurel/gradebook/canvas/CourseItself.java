package dev.laurel.gradebook.canvas;

import java.time.Duration;
import java.util.Comparator;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What Canvas says of the course as a whole, asked for at most once in a look. */
final class CourseItself {

    /** Work is still graded after the last day of a course, by teachers whom Canvas lets go on. */
    private static final Duration STILL_GRADED = Duration.ofDays(30);

    private final OneLook look;

    private @Nullable JsonNode said;

    private boolean hidesTotals;

    /** {@code null} where it was not asked in this look. */
    private @Nullable Boolean ended;

    CourseItself(OneLook look) {
        this.look = look;
        this.hidesTotals = look.before() != null && look.before().hidesTotals();
    }

    JsonNode said() {
        if (said == null) {
            said = look.trip()
                    .one(
                            "/api/v1/courses/" + look.canvasCourse() + "?include[]=concluded&include[]=term",
                            "description");
            hidesTotals = Totals.areHidden(said);
        }
        return said;
    }

    /** Whether it ended, and its time zone. */
    void read() {
        JsonNode answer = said();
        ended = "completed".equals(Said.text(answer.get("workflow_state")))
                || (answer.path("concluded").asBoolean(false) && isGraded(answer));
        look.tools().zones().told(look.course().tenant(), look.course().id(), Said.text(answer.get("time_zone")));
    }

    /** Whether its last day, or that of its term, is so long past that its grades are given. */
    private boolean isGraded(JsonNode answer) {
        return Stream.of(answer.get("end_at"), answer.path("term").get("end_at"))
                .map(Said::time)
                .filter(Objects::nonNull)
                .max(Comparator.naturalOrder())
                .map(last ->
                        last.plus(STILL_GRADED).isBefore(look.tools().clock().instant()))
                .orElse(true);
    }

    /** Whether it has ended, and had when it was last asked: then its last grades were read. */
    boolean isStillOver() {
        return Boolean.TRUE.equals(ended)
                && look.tools()
                        .courses()
                        .hadEnded(look.course().tenant(), look.course().id());
    }

    /** Whether it hides its totals from students, as far as is known. */
    boolean hidesTotals() {
        return hidesTotals;
    }

    /**
     * A course that has ended is read no more, so only once its last grades were read, as far as they may be.
     *
     * @param owes whether something is still to be read
     */
    void rememberEnd(boolean owes) {
        if (ended != null && !(ended && owes)) {
            CanvasTools tools = look.tools();
            tools.courses()
                    .ended(
                            look.course().tenant(),
                            look.course().id(),
                            ended,
                            tools.clock().instant());
        }
    }
}
