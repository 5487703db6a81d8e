package lms;

/** A typed grade that the LMS does not take; the message is for the teacher. */
public final class RefusedGradeException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    RefusedGradeException(String message) {
        super(message);
    }
}
