package dev.laurel.publication;

import dev.laurel.platform.tenant.TenantId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Scores that Laurel writes to the LMS, 1 of 1 on award, only for badges where an instructor turned it on. */
@Component
public class Passback {

    /**
     * How it goes for one badge.
     *
     * @param waiting scores that are still to be sent
     * @param givenUp scores that the platform refused for good
     * @param problem plain words for staff, {@code null} while all is well
     */
    public record Status(
            boolean enabled,
            int sent,
            int waiting,
            int givenUp,
            @Nullable String problem) {}

    /** Whether the platform of this course takes columns and scores from us. */
    public boolean isPossible(TenantId tenant, long contextId) {
        throw new UnsupportedOperationException();
    }

    public boolean isEnabled(TenantId tenant, long ruleSetId) {
        throw new UnsupportedOperationException();
    }

    /** Turns it on (also for awards that were made before) or off (what was sent stays). Idempotent. */
    public void enable(TenantId tenant, long ruleSetId, boolean on, long byPerson) {
        throw new UnsupportedOperationException();
    }

    /** Empty where nobody ever turned it on. */
    public Optional<Status> status(TenantId tenant, long ruleSetId) {
        throw new UnsupportedOperationException();
    }
}
