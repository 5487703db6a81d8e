package dev.laurel.award.grant;

/** A person decided that somebody does not get a badge; that has to end before she can be given it. */
public class WithheldException extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    public WithheldException() {
        super("Withheld by a person");
    }
}
