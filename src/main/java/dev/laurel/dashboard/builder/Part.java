package dev.laurel.dashboard.builder;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * One part of a rule that is being put together, as it was typed: it may be incomplete.
 *
 * @param depth how many groups it is in
 * @param kind the {@code type} of the JSON form (docs/rules.md), or {@code level}
 * @param fields by the names of the form; of several values one a line
 */
record Part(int depth, String kind, Map<String, String> fields) {

    static final Set<String> JOINS = Set.of("allOf", "anyOf", "atLeast");

    Part {
        fields = Map.copyOf(fields);
    }

    static Part of(int depth, String kind) {
        return new Part(depth, kind, Map.of());
    }

    public boolean isJoin() {
        return JOINS.contains(kind);
    }

    /** Whether other parts can be in it. */
    public boolean isGroup() {
        return isJoin() || kind.equals("levels") || kind.equals("level");
    }

    public boolean isLevels() {
        return kind.equals("levels");
    }

    public boolean isLevel() {
        return kind.equals("level");
    }

    /** What was typed, empty where nothing was. */
    public String typed(String field) {
        return fields.getOrDefault(field, "");
    }

    public boolean has(String field, String value) {
        return typed(field).lines().anyMatch(value::equals);
    }

    /** Of several values those that are not offered now: what was chosen once stays until somebody takes it away. */
    public List<String> beside(String field, Collection<?> offered) {
        Set<String> names = offered.stream().map(String::valueOf).collect(Collectors.toSet());
        return typed(field)
                .lines()
                .map(String::strip)
                .filter(value -> !value.isEmpty() && !names.contains(value))
                .distinct()
                .toList();
    }

    Part at(int newDepth) {
        return new Part(newDepth, kind, fields);
    }

    Part with(String field, String value) {
        Map<String, String> more = new LinkedHashMap<>(fields);
        more.put(field, value);
        return new Part(depth, kind, more);
    }
}
