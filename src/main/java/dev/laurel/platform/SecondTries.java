package dev.laurel.platform;

import dev.laurel.platform.http.OutboundResponse;
import dev.laurel.platform.road.Pauses;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * A slip of the platform in the middle of a long list is tried again at once, so that it does not cost all the pages
 * before it. A few times for a whole list and never for long: a job's thread is not for waiting. What is too large stays so.
 */
public final class SecondTries {

    private static final Duration SHORT = Duration.ofSeconds(2);

    private static final Duration USUAL = Duration.ofMillis(200);

    private int left = 3;

    public OutboundResponse of(Supplier<OutboundResponse> call) {
        while (true) {
            try {
                return call.get();
            } catch (ServiceProblem problem) {
                Duration asked = problem.retryAfter();
                if (problem.isFinal()
                        || problem.isTooLarge()
                        || left == 0
                        || (asked != null && asked.compareTo(SHORT) > 0)) {
                    throw problem;
                }
                left--;
                pause(Pauses.spread(asked == null ? USUAL : asked));
            }
        }
    }

    private static void pause(Duration pause) {
        try {
            Thread.sleep(pause.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
