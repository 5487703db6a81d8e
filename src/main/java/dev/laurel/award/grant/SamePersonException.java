package dev.laurel.award.grant;

/** It takes a second person, and this is the first one again. */
public class SamePersonException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public SamePersonException() {
        super("It takes a second person");
    }
}
