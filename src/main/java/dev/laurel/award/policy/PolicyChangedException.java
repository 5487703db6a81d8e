package dev.laurel.award.policy;

/** Somebody else chose how the badge is awarded, after this person read what was in force. */
public class PolicyChangedException extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    public PolicyChangedException() {
        super("Policy changed meanwhile");
    }
}
