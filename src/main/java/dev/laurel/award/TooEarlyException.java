package dev.laurel.award;

/** The student was told that nothing happens before a time that is not over. */
public class TooEarlyException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public TooEarlyException(long awardId) {
        super("Award " + awardId + " may not be taken back yet");
    }
}
