package dev.laurel.award.grant;

/** She has the badge by another course that gives it too; whether she keeps it is decided there. */
public class HeldElsewhereException extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    public HeldElsewhereException() {
        super("Held by another course");
    }
}
