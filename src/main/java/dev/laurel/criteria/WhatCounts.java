package dev.laurel.criteria;

import dev.laurel.criteria.rule.CourseFacts;
import dev.laurel.criteria.rule.Rule;
import dev.laurel.criteria.rule.TruthTable;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * What a rule makes of each state of a result.
 *
 * @param attempts whether it matters that an LMS may not tell a second attempt from a correction
 * @param days whether it asks for days, which are those of {@code zone}
 */
public record WhatCounts(List<Table> tables, boolean attempts, boolean days, ZoneId zone) {

    private static final int MOST_NAMED = 5;

    /**
     * @param parts the parts that it is about, as sentences: the first few
     * @param more how many more
     */
    public record Table(List<String> parts, int more, List<TruthTable.Row> rows) {}

    static WhatCounts of(Rule rule, CourseFacts course, Function<Rule.Leaf, String> sentence) {
        Map<List<TruthTable.Row>, List<Rule.Leaf>> alike = new LinkedHashMap<>();
        rule.leaves()
                .distinct()
                .forEach(leaf -> alike.computeIfAbsent(TruthTable.of(leaf, course), rows -> new ArrayList<>())
                        .add(leaf));
        List<Table> tables = new ArrayList<>();
        alike.forEach((rows, leaves) -> {
            if (!rows.isEmpty()) {
                List<String> named =
                        leaves.stream().limit(MOST_NAMED).map(sentence).toList();
                tables.add(new Table(named, leaves.size() - named.size(), rows));
            }
        });
        return new WhatCounts(
                List.copyOf(tables),
                asksForAttempts(rule),
                tables.stream()
                        .flatMap(table -> table.rows().stream())
                        .anyMatch(row -> row.state() == TruthTable.State.OTHER_DAY),
                course.zone());
    }

    /** Whether more than the last of several results of one task, or hand-ins to it, may decide. */
    public static boolean asksForAttempts(Rule rule) {
        return rule.leaves().anyMatch(Rule.Leaf::needsAttempts);
    }
}
