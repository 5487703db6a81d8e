package dev.laurel.dashboard.badge;

import dev.laurel.criteria.rule.BadRuleException;

/** Somebody else changed the badge after this person read it. */
public class ChangedMeanwhileException extends BadRuleException {

    private static final long serialVersionUID = 1L;

    public ChangedMeanwhileException() {
        super("", "badge.meanwhile");
    }
}
