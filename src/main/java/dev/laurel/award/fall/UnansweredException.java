package dev.laurel.award.fall;

import org.springframework.modulith.NamedInterface;

/** The student says that something is wrong, and was told that nothing happens before somebody answers. */
@NamedInterface("fall")
public class UnansweredException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public UnansweredException(long awardId) {
        super("A question about award " + awardId + " is not answered yet");
    }
}
