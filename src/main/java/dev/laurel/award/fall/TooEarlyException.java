package dev.laurel.award.fall;

import org.springframework.modulith.NamedInterface;

/** The student was told that nothing happens before a time that is not over. */
@NamedInterface("fall")
public class TooEarlyException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public TooEarlyException(long awardId) {
        super("Award " + awardId + " may not be taken back yet");
    }
}
