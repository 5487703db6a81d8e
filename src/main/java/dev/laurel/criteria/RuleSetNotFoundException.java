package dev.laurel.criteria;

/** There is no such rule set for whoever asks. */
public class RuleSetNotFoundException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public RuleSetNotFoundException(long ruleSetId) {
        super("No rule set " + ruleSetId);
    }
}
