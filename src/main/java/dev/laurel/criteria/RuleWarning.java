package dev.laurel.criteria;

/**
 * Something about a rule set that a teacher should mend: as it is, some learners stay undecided.
 *
 * @param lineItemId the column it is about
 * @param label its name, empty where nothing is known of it any more
 * @param messageKey a key of the message files, under {@code rule.warning.}, with the label as its argument
 */
public record RuleWarning(long ruleSetId, long lineItemId, String label, String messageKey) {}
