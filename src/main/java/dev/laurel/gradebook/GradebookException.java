package dev.laurel.gradebook;

import dev.laurel.platform.ServiceProblem;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A platform would not do what was asked of its gradebook. The message is plain words for an instructor. */
public class GradebookException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final boolean isFinal;

    private final @Nullable Duration retryAfter;

    public GradebookException(String message, boolean isFinal) {
        super(message);
        this.isFinal = isFinal;
        this.retryAfter = null;
    }

    GradebookException(ServiceProblem problem) {
        super(problem.getMessage(), problem);
        this.isFinal = problem.isFinal();
        this.retryAfter = problem.retryAfter();
    }

    /** How long the platform asks to wait; {@code null} where it does not say. */
    public @Nullable Duration retryAfter() {
        return retryAfter;
    }

    /** Whether asking again is useless. */
    public boolean isFinal() {
        return isFinal;
    }
}
