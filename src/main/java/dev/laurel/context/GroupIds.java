package dev.laurel.context;

import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The numbers of the sections (Canvas) or groups (Moodle) that somebody is in, as custom parameters tell them. */
record GroupIds(Set<String> ids) {

    private static final int MOST = 50;

    GroupIds {
        ids = Set.copyOf(ids);
    }

    /** {@code null} where the platform does not tell. */
    static @Nullable GroupIds of(Map<String, String> custom) {
        return Stream.of("canvas_section_ids", "moodle_group_ids")
                .map(custom::get)
                .filter(text -> text != null && !text.startsWith("$"))
                .findFirst()
                .map(GroupIds::read)
                .orElse(null);
    }

    static GroupIds read(String text) {
        return new GroupIds(Arrays.stream(text.split(","))
                .map(String::strip)
                .filter(GroupIds::isNumber)
                .limit(MOST)
                .collect(Collectors.toSet()));
    }

    static boolean isNumber(String id) {
        return id.matches("[0-9]{1,19}");
    }

    static @Nullable GroupIds readOrNull(@Nullable String text) {
        return text == null ? null : read(text);
    }

    String write() {
        return String.join(",", new TreeSet<>(ids));
    }
}
