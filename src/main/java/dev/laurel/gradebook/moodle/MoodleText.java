package dev.laurel.gradebook.moodle;

import dev.laurel.platform.sql.Varchar;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.HtmlUtils;
import tools.jackson.databind.JsonNode;

/** How Moodle writes what Laurel reads: numbers or numbers in quotes, seconds since 1970, names as HTML. */
final class MoodleText {

    /** How the columns of each kind begin. */
    static final String ITEM = "item-";

    static final String COMPLETION = "completion-";

    static final String COURSE_COMPLETION = "course-completion";

    static final String COMPETENCY = "competency-";

    private static final int LONGEST_LABEL = 400;

    private static final int LONGEST_GROUP = 200;

    private static final int LONGEST_GRADE = 40;

    private MoodleText() {}

    /** A number that names something. */
    static @Nullable String id(JsonNode node) {
        String text = node.isIntegralNumber() || node.isString() ? node.asString() : "";
        return text.matches("\\d{1,18}") ? text : null;
    }

    /** Whether an account cannot be one of Moodle's, whose users have numbers. */
    static boolean isNoId(String account) {
        return !account.matches("\\d{1,18}");
    }

    static String label(JsonNode name) {
        String text = Varchar.fit(words(name), LONGEST_LABEL);
        return text.isEmpty() ? "(no name)" : text;
    }

    static @Nullable String group(JsonNode name) {
        String text = Varchar.fit(words(name), LONGEST_GROUP);
        return text.isEmpty() ? null : text;
    }

    /** The text of a grade without its picture; {@code null} where there is none. */
    static @Nullable String plain(JsonNode grade) {
        String text = Varchar.fit(words(grade), LONGEST_GRADE);
        return text.isEmpty() || text.equals("-") ? null : text;
    }

    private static String words(JsonNode html) {
        return html.isString()
                ? HtmlUtils.htmlUnescape(html.asString().replaceAll("<[^>]*>", ""))
                        .strip()
                : "";
    }

    /** Moodle writes what is true or not either way; {@code null} where it says neither. */
    static @Nullable Boolean flag(JsonNode flag) {
        return flag.isBoolean() || flag.isIntegralNumber() ? flag.asBoolean() : null;
    }

    /** {@code null} for 0 and for what is no time. */
    static @Nullable Instant time(JsonNode seconds) {
        String text = id(seconds);
        long value = text == null ? 0 : Long.parseLong(text);
        return value <= 0 || value > Integer.MAX_VALUE * 8L ? null : Instant.ofEpochSecond(value);
    }
}
