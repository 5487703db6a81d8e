package dev.laurel.dashboard.copy;

import dev.laurel.criteria.rule.BadRuleException;
import dev.laurel.criteria.rule.Rule;
import dev.laurel.gradebook.ColumnMatch;
import dev.laurel.gradebook.LineItem;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which columns of a course take the place of those that a badge from elsewhere looks at. */
public final class ColumnChoices {

    private ColumnChoices() {}

    /**
     * Every column of the rule has a place of its own.
     *
     * @throws BadRuleException where one has none, or two have the same
     */
    public static void require(Rule rule, Map<Long, Long> columns) {
        Set<Long> used = new HashSet<>();
        for (Long column : rule.lineItemIds()) {
            Long place = columns.get(column);
            if (place == null) {
                throw new BadRuleException("", "copy.bad.missing");
            }
            if (!used.add(place)) {
                throw new BadRuleException("", "copy.bad.twice");
            }
        }
    }

    /** What was found stays as sure as it was where it was left as it is. */
    public static ColumnMatch withChoice(ColumnMatch match, @Nullable Long choice, Map<Long, LineItem> here) {
        LineItem found = match.to();
        return choice == null || (found != null && found.id() == choice) ? match : match.chosen(here.get(choice));
    }

    /** The fields of a form that say for a number of theirs one of ours: {@code <prefix>.<theirs>}. */
    public static Map<Long, Long> typed(String prefix, Map<String, String> form) {
        Map<Long, Long> choices = new HashMap<>();
        form.forEach((name, value) -> {
            if (name.startsWith(prefix + ".")
                    && name.substring(prefix.length() + 1).matches("\\d{1,18}")
                    && value.matches("\\d{1,18}")) {
                choices.put(Long.valueOf(name.substring(prefix.length() + 1)), Long.valueOf(value));
            }
        });
        return choices;
    }
}
