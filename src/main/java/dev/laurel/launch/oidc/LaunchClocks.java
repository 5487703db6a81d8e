package dev.laurel.launch.oidc;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/**
 * How far ahead of our clock the latest id_token of each platform was issued, on this node, whether it was let in or not:
 * an issue time that lies ahead can only come of clocks that differ.
 */
@Component
class LaunchClocks {

    private final Map<Long, Duration> ahead = new ConcurrentHashMap<>();

    private final Clock clock;

    LaunchClocks(Clock clock) {
        this.clock = clock;
    }

    /** Notes a token whose signature holds; call it with no other. */
    void saw(long registrationId, Instant issuedAt) {
        ahead.put(registrationId, Duration.between(clock.instant(), issuedAt));
    }

    /** Negative where it was issued before it came, as it should be. */
    Optional<Duration> ahead(long registrationId) {
        return Optional.ofNullable(ahead.get(registrationId));
    }
}
