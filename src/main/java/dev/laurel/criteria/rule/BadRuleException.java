package dev.laurel.criteria.rule;

/** A rule that cannot be saved. */
public class BadRuleException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String place;

    /**
     * @param place where in the rule, as a JSON pointer; {@code line 3, column 14} of what is no JSON at all
     * @param messageKey a key of the message files, under {@code rule.bad.}
     */
    public BadRuleException(String place, String messageKey) {
        super(messageKey);
        this.place = place;
    }

    public String place() {
        return place;
    }
}
