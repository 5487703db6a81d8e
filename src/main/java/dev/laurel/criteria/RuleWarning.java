package dev.laurel.criteria;

import dev.laurel.criteria.rule.Rule;

/** Something about a rule set that a teacher should mend: as it is, some learners stay undecided. */
public record RuleWarning(long ruleSetId, Rule.Warning warning) {

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
        return messageKey().equals("rule.warning.renamed") || messageKey().equals("rule.warning.rescaled");
    }

    /** A key of the message files, under {@code rule.warning.}, with the label as its argument. */
    public String messageKey() {
        return warning.messageKey();
    }
}
