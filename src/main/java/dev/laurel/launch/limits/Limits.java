package dev.laurel.launch.limits;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.github.bucket4j.Bucket;
import java.time.Duration;
import org.springframework.stereotype.Component;

/**
 * Cuts floods: each address and each platform has a number of logins and launches that it may spend at once and that
 * grows back within a minute. Held in memory, and never for more than {@link ClientLimit#MOST} of them.
 */
@Component
public class Limits {

    /** For how long a network from which somebody launched is known to be one where people of the platform are. */
    private static final Duration KNOWN = Duration.ofDays(1);

    private final ClientLimit logins;

    private final ClientLimit launches;

    private final ClientLimit registrations;

    private final ClientLimit checks;

    private final LoadingCache<Object, Bucket> loginsOfPlatforms;

    private final LoadingCache<Object, Bucket> launchesOfPlatforms;

    private final Cache<Launched, Boolean> known = Caffeine.newBuilder()
            .maximumSize(ClientLimit.MOST)
            .expireAfterWrite(KNOWN)
            .build();

    private final int openLogins;

    Limits(LimitSettings settings) {
        this.logins = new ClientLimit(settings.perAddress());
        this.launches = new ClientLimit(settings.perAddress());
        this.registrations = new ClientLimit(settings.registrationsPerAddress());
        this.checks = new ClientLimit(settings.checksPerAddress());
        this.loginsOfPlatforms = ClientLimit.buckets(settings.perRegistration());
        this.launchesOfPlatforms = ClientLimit.buckets(settings.perRegistration());
        this.openLogins = settings.openLogins();
    }

    /**
     * Counts a login of a platform. Nobody signs one, so a flood of them that somebody else sends under the platform's name
     * must not keep its people out: where people launched lately, the limits of their own network are enough.
     *
     * @param address as the server believes it
     */
    public boolean allowsLogin(long registrationId, String address) {
        return ClientLimit.spend(loginsOfPlatforms, registrationId) || isKnown(registrationId, address);
    }

    /** Counts a launch that answers a login of a platform, in the same way: its token is not verified yet. */
    public boolean allowsLaunch(long registrationId, String address) {
        return ClientLimit.spend(launchesOfPlatforms, registrationId) || isKnown(registrationId, address);
    }

    /** Somebody launched from there, with a token that holds. */
    public void launched(long registrationId, String address) {
        known.put(new Launched(registrationId, ClientNetwork.of(address)), true);
    }

    private boolean isKnown(long registrationId, String address) {
        return known.getIfPresent(new Launched(registrationId, ClientNetwork.of(address))) != null;
    }

    /** How many logins of one platform may wait for their launch. */
    public int openLogins() {
        return openLogins;
    }

    boolean allowsLoginFrom(ClientNetwork client) {
        return logins.spend(client);
    }

    boolean allowsLaunchFrom(ClientNetwork client) {
        return launches.spend(client);
    }

    boolean allowsRegistrationFrom(ClientNetwork client) {
        return registrations.spend(client);
    }

    boolean allowsCheckFrom(ClientNetwork client) {
        return checks.spend(client);
    }

    private record Launched(long registrationId, ClientNetwork from) {}
}
