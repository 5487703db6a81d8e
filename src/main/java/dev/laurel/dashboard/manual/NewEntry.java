package dev.laurel.dashboard.manual;

import dev.laurel.gradebook.manual.RubricRow;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The form that adds something to be entered, as it was typed.
 *
 * @param key made when the page was, so that a form that is sent twice adds once
 * @param rows of the rubric, one a line
 * @param levels of every row, one a line, the lowest first
 */
record NewEntry(
        @Nullable String key,
        @Nullable String name,
        @Nullable String group,
        @Nullable String day,
        @Nullable String instructions,
        @Nullable String rows,
        @Nullable String levels) {

    static NewEntry empty(LocalDate today, String levels) {
        return new NewEntry(UUID.randomUUID().toString(), "", "", today.toString(), "", "", levels);
    }

    UUID uuid() {
        try {
            return UUID.fromString(key == null ? "" : key);
        } catch (IllegalArgumentException e) {
            return UUID.randomUUID();
        }
    }

    Optional<LocalDate> date() {
        try {
            return Optional.of(LocalDate.parse(day == null ? "" : day.strip()));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** Levels are worth 0, 1, 2 … points, in the order in which they were typed. */
    List<RubricRow> rubric() {
        List<RubricRow.Level> all = new ArrayList<>();
        for (String level : lines(levels)) {
            all.add(new RubricRow.Level(level, BigDecimal.valueOf(all.size())));
        }
        return lines(rows).stream().map(row -> new RubricRow(0, row, all)).toList();
    }

    static String text(@Nullable String typed) {
        return typed == null ? "" : typed.replace("\r\n", "\n").strip();
    }

    private static List<String> lines(@Nullable String typed) {
        return text(typed)
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .toList();
    }
}
