package dev.laurel.launch.limits;

import com.github.benmanes.caffeine.cache.Cache;
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

    /** A campus has one /48 and sends more than one household does. */
    private static final int PER_SITE = 10;

    /** For how long a network from which somebody launched is known to be one where people of the platform are. */
    private static final Duration KNOWN = Duration.ofDays(1);

    private final PerClient logins;

    private final PerClient launches;

    private final PerClient registrations;

    private final LoadingCache<Object, Bucket> loginsOfPlatforms;

    private final LoadingCache<Object, Bucket> launchesOfPlatforms;

    private final Cache<Launched, Boolean> known =
            Caffeine.newBuilder().maximumSize(MOST).expireAfterWrite(KNOWN).build();

    private final int openLogins;

    Limits(LimitSettings settings) {
        this.logins = new PerClient(settings.perAddress());
        this.launches = new PerClient(settings.perAddress());
        this.registrations = new PerClient(settings.registrationsPerAddress());
        this.loginsOfPlatforms = buckets(settings.perRegistration());
        this.launchesOfPlatforms = buckets(settings.perRegistration());
        this.openLogins = settings.openLogins();
    }

    /**
     * Counts a login of a platform. Nobody signs one, so a flood of them that somebody else sends under the platform's name
     * must not keep its people out: where people launched lately, the limits of their own network are enough.
     *
     * @param address as the server believes it
     */
    public boolean allowsLogin(long registrationId, String address) {
        return spend(loginsOfPlatforms, registrationId) || isKnown(registrationId, address);
    }

    /** Counts a launch that answers a login of a platform, in the same way: its token is not verified yet. */
    public boolean allowsLaunch(long registrationId, String address) {
        return spend(launchesOfPlatforms, registrationId) || isKnown(registrationId, address);
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

    private record Launched(long registrationId, ClientNetwork from) {}

    /** Of each network, and of the larger one that it is part of. */
    private static final class PerClient {

        private final LoadingCache<Object, Bucket> networks;

        private final LoadingCache<Object, Bucket> sites;

        PerClient(int perMinute) {
            this.networks = buckets(perMinute);
            this.sites = buckets(PER_SITE * perMinute);
        }

        boolean spend(ClientNetwork client) {
            ClientNetwork site = client.site();
            return Limits.spend(networks, client) && (site == null || Limits.spend(sites, site));
        }
    }
}
