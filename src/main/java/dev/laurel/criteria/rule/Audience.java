package dev.laurel.criteria.rule;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The sections and groups that a rule is for, and the same rule for others, as after it was taken over into another course. */
public final class Audience {

    /** In place of a section: everybody who meets the rest. */
    public static final String EVERYONE = "everyone";

    private Audience() {}

    /** The number of each that the rule names, in its order. */
    public static Set<String> of(Rule rule) {
        Set<String> numbers = new LinkedHashSet<>();
        rule.leaves()
                .filter(InGroup.class::isInstance)
                .map(InGroup.class::cast)
                .forEach(leaf -> numbers.addAll(leaf.groups()));
        return numbers;
    }

    /** Whether the rule can be for everyone in place of this one: what it asks for beside must still be asked for. */
    public static boolean canBeEveryone(Rule rule, String number) {
        return !of(onto(rule, Map.of(number, EVERYONE))).contains(number);
    }

    /**
     * The same rule for others.
     *
     * @param places for some numbers those that take their place, or {@link #EVERYONE}, which does nothing where the rule
     *     cannot be for everyone
     */
    public static Rule onto(Rule rule, Map<String, String> places) {
        return placed(rule, places).orElse(rule);
    }

    /** Empty where nothing is asked for any more. */
    private static Optional<Rule> placed(Rule rule, Map<String, String> places) {
        if (rule instanceof InGroup leaf) {
            List<String> groups = leaf.groups().stream()
                    .map(number -> places.getOrDefault(number, number))
                    .distinct()
                    .toList();
            return groups.contains(EVERYONE) ? Optional.empty() : Optional.of(new InGroup(groups));
        }
        if (rule instanceof Rule.AllOf all) {
            return all(all, places);
        }
        if (rule instanceof Rule.AnyOf any) {
            return Optional.of(new Rule.AnyOf(each(any.parts(), places)));
        }
        if (rule instanceof Rule.AtLeast some) {
            return Optional.of(new Rule.AtLeast(some.count(), each(some.parts(), places)));
        }
        if (rule instanceof Rule.Levels levels) {
            return Optional.of(new Rule.Levels(levels.levels().stream()
                    .map(level -> new Rule.Levels.Level(level.name(), onto(level.rule(), places)))
                    .toList()));
        }
        return Optional.of(rule);
    }

    private static Optional<Rule> all(Rule.AllOf all, Map<String, String> places) {
        List<Rule> parts = new ArrayList<>();
        all.parts().forEach(part -> placed(part, places).ifPresent(parts::add));
        if (parts.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(parts.size() == 1 && all.parts().size() > 1 ? parts.get(0) : new Rule.AllOf(parts));
    }

    /** Where any part is enough, one that asks for nothing would be. */
    private static List<Rule> each(List<Rule> parts, Map<String, String> places) {
        return parts.stream().map(part -> onto(part, places)).toList();
    }
}
