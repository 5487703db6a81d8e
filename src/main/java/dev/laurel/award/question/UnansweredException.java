package dev.laurel.award.question;

/** The student says that something is wrong, and whoever decides about her badge had not read it. */
public class UnansweredException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public UnansweredException(long awardId) {
        super("A question about award " + awardId + " was not read yet");
    }
}
