package dev.laurel.award.grant;

/** Nobody can be given the badge any more: its course gives it no longer, or it is valid until a day that is over. */
public class NoLongerGivenException extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    public NoLongerGivenException() {
        super("No longer given");
    }
}
