package dev.laurel.launch.limits;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.github.bucket4j.Bucket;
import java.time.Duration;
import org.springframework.stereotype.Component;

/**
 * Cuts floods: each address and each platform has a number of logins and launches that it may spend at once and that
 * grows back within a minute. Held in memory, and never for more than {@link #MOST} of them.
 */
@Component
public class Limits {

    private static final Duration WHILE = Duration.ofMinutes(1);

    private static final int MOST = 100_000;

    private final LoadingCache<Object, Bucket> logins;

    private final LoadingCache<Object, Bucket> launches;

    private final LoadingCache<Object, Bucket> registrations;

    private final LoadingCache<Object, Bucket> loginsOfPlatforms;

    private final LoadingCache<Object, Bucket> launchesOfPlatforms;

    private final int openLogins;

    Limits(LimitSettings settings) {
        this.logins = buckets(settings.perAddress());
        this.launches = buckets(settings.perAddress());
        this.registrations = buckets(settings.registrationsPerAddress());
        this.loginsOfPlatforms = buckets(settings.perRegistration());
        this.launchesOfPlatforms = buckets(settings.perRegistration());
        this.openLogins = settings.openLogins();
    }

    /** Counts a login that a platform sent. */
    public boolean allowsLogin(long registrationId) {
        return spend(loginsOfPlatforms, registrationId);
    }

    /** Counts a launch that answers a login of a platform. */
    public boolean allowsLaunch(long registrationId) {
        return spend(launchesOfPlatforms, registrationId);
    }

    /** How many logins of one platform may wait for their launch. */
    public int openLogins() {
        return openLogins;
    }

    boolean allowsLoginFrom(ClientNetwork client) {
        return spend(logins, client);
    }

    boolean allowsLaunchFrom(ClientNetwork client) {
        return spend(launches, client);
    }

    boolean allowsRegistrationFrom(ClientNetwork client) {
        return spend(registrations, client);
    }

    private static boolean spend(LoadingCache<Object, Bucket> buckets, Object who) {
        return buckets.get(who).tryConsume(1);
    }

    /** A bucket that nobody used for a while is full again, so it may be forgotten. */
    private static LoadingCache<Object, Bucket> buckets(int perMinute) {
        return Caffeine.newBuilder()
                .maximumSize(MOST)
                .expireAfterAccess(WHILE)
                .build(who -> Bucket.builder()
                        .addLimit(limit -> limit.capacity(perMinute).refillGreedy(perMinute, WHILE))
                        .build());
    }
}
