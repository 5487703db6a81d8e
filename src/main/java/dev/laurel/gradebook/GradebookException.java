package dev.laurel.gradebook;

/** A platform would not do what was asked of its gradebook. The message is plain words for an instructor. */
public class GradebookException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final boolean isFinal;

    public GradebookException(String message, boolean isFinal) {
        super(message);
        this.isFinal = isFinal;
    }

    /** Whether asking again is useless. */
    public boolean isFinal() {
        return isFinal;
    }
}
