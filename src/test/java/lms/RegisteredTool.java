package lms;

import java.util.List;

/**
 * A tool that registered itself.
 *
 * @param ready whether it can be launched: Moodle's administrator has activated it, or Canvas's has installed it
 * @param confirmed whether Canvas's administrator has confirmed what it asks for
 * @param places where in the LMS it wants to be shown
 */
public record RegisteredTool(Tool tool, boolean ready, boolean confirmed, List<String> places) {

    RegisteredTool confirm() {
        return new RegisteredTool(tool, ready, true, places);
    }

    RegisteredTool open(Tool complete) {
        return new RegisteredTool(complete, true, true, places);
    }
}
