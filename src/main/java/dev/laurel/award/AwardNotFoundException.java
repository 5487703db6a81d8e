package dev.laurel.award;

/** There is no such award for whoever asks. */
public class AwardNotFoundException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public AwardNotFoundException(long awardId) {
        super("No award " + awardId);
    }
}
