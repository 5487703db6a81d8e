package dev.laurel.dashboard.explain;

import dev.laurel.criteria.rule.Rule;
import dev.laurel.criteria.rule.Score;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Rules as the one-level form writes them, and what of a rule it can show. */
public final class Rules {

    /** How the parts of a rule with several columns are joined. */
    public enum Join {
        ALL,
        ANY,
        SOME;

        public static Join of(String typed) {
            return switch (typed) {
                case "ANY" -> ANY;
                case "SOME" -> SOME;
                default -> ALL;
            };
        }
    }

    private Rules() {}

    public static List<Rule> parts(Rule rule) {
        return rule instanceof Rule.Joined joined ? joined.parts() : List.of();
    }

    /** The names of the levels of a badge, the lowest first; none where it has no levels. */
    public static List<String> levels(Rule rule) {
        return rule instanceof Rule.Levels levels
                ? levels.levels().stream().map(Rule.Levels.Level::name).toList()
                : List.of();
    }

    /** Whether the form can show it: one score, or scores joined once, no column twice. */
    public static boolean isOneLevel(Rule rule) {
        List<Rule> parts = parts(rule);
        return (parts.isEmpty() ? List.of(rule) : parts).stream().allMatch(Rules::isPlain)
                && (parts.isEmpty() || rule.lineItemIds().size() == parts.size());
    }

    private static boolean isPlain(Rule rule) {
        return rule instanceof Score score && score.isPlain();
    }

    public static @Nullable Join join(Rule rule) {
        if (rule instanceof Rule.AllOf) {
            return Join.ALL;
        }
        if (rule instanceof Rule.AnyOf) {
            return Join.ANY;
        }
        return rule instanceof Rule.AtLeast ? Join.SOME : null;
    }

    /** Whether two rules that the form can show ask for the same, in whatever order. */
    public static boolean askTheSame(Rule one, Rule other) {
        return one.equals(other)
                || join(one) != null
                        && join(one) == join(other)
                        && count(one) == count(other)
                        && Set.copyOf(parts(one)).equals(Set.copyOf(parts(other)));
    }

    private static int count(Rule rule) {
        return rule instanceof Rule.AtLeast some ? some.count() : 0;
    }

    public static Rule joined(Join join, int count, List<Rule> parts) {
        if (parts.size() == 1) {
            return parts.get(0);
        }
        return switch (join) {
            case ALL -> new Rule.AllOf(parts);
            case ANY -> new Rule.AnyOf(parts);
            case SOME -> new Rule.AtLeast(count, parts);
        };
    }
}
