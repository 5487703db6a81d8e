package dev.laurel.criteria;

import dev.laurel.criteria.rule.Rule;
import java.math.BigDecimal;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Something about a rule set that a teacher should mend: as it is, some learners stay undecided.
 *
 * @param numbers further arguments of the message, after the label
 */
public record RuleWarning(long ruleSetId, Rule.Warning warning, List<BigDecimal> numbers) {

    private static final Set<String> BY_ANOTHER_COLUMN = Set.of(
            "rule.warning.deleted-column",
            "rule.warning.removed-column",
            "rule.warning.unpublished-column",
            "rule.warning.over-ags-column",
            "rule.warning.unreadable-column",
            "rule.warning.no-maximum",
            "rule.warning.out-of-reach",
            "rule.warning.renamed",
            "rule.warning.rescaled",
            "rule.warning.rescaled-from",
            "rule.warning.rescaled-points",
            "rule.warning.never-graded");

    private static final Set<String> CHANGES = Set.of(
            "rule.warning.renamed",
            "rule.warning.rescaled",
            "rule.warning.rescaled-from",
            "rule.warning.rescaled-points",
            "rule.warning.left-group");

    private static final Set<String> IN_THE_RULE = Set.of(
            "rule.warning.empty-group",
            "rule.warning.small-group",
            "rule.warning.left-group",
            "rule.warning.never-graded-group",
            "rule.warning.no-such-group",
            "rule.warning.gone-section",
            "rule.warning.retired-badge");

    public RuleWarning(long ruleSetId, Rule.Warning warning) {
        this(ruleSetId, warning, List.of());
    }

    /** The column it is about; 0 where it is about none. */
    public long lineItemId() {
        return warning.lineItemId();
    }

    /** What it is about, as the LMS calls it; empty where nothing is known of it any more. */
    public String label() {
        return warning.label();
    }

    /** Whether something changed that may be as it should be: then somebody can say so. */
    public boolean isAboutAChange() {
        return CHANGES.contains(messageKey());
    }

    /** Whether something else can be asked for in the rule: another group, fewer of it, or another badge. */
    public boolean isMendedInTheRule() {
        return IN_THE_RULE.contains(messageKey());
    }

    /** Whether the rule can look at another column in place of this one. */
    public boolean isMendedByAnotherColumn() {
        return lineItemId() > 0 && BY_ANOTHER_COLUMN.contains(messageKey());
    }

    /** A key of the message files, under {@code rule.warning.}. */
    public String messageKey() {
        return warning.messageKey();
    }

    /** The arguments of the message: the label, and what numbers there are. */
    public Object[] arguments() {
        return Stream.concat(Stream.of(label()), numbers.stream()).toArray();
    }
}
