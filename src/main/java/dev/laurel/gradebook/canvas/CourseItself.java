package dev.laurel.gradebook.canvas;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What Canvas says of the course as a whole, asked for at most once in a look. */
final class CourseItself {

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
            said = look.trip().one("/api/v1/courses/" + look.canvasCourse() + "?include[]=concluded", "description");
            hidesTotals = Totals.areHidden(said);
        }
        return said;
    }

    /** Whether it ended, and its time zone. */
    void read() {
        JsonNode answer = said();
        ended = "completed".equals(Said.text(answer.get("workflow_state")))
                || answer.path("concluded").asBoolean(false);
        look.tools().zones().told(look.course().tenant(), look.course().id(), Said.text(answer.get("time_zone")));
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
