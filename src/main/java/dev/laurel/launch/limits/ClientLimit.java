package dev.laurel.launch.limits;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.github.bucket4j.Bucket;
import java.time.Duration;

/**
 * So many requests in a minute from one address, and ten times as many from the larger network that it is part of. Counted on
 * each node by itself.
 */
public final class ClientLimit {

    /** Of so many addresses it is known how much they sent. */
    static final int MOST = 100_000;

    private static final Duration WHILE = Duration.ofMinutes(1);

    /** A campus has one /48 and sends more than one household does. */
    private static final int PER_SITE = 10;

    private final LoadingCache<Object, Bucket> networks;

    private final LoadingCache<Object, Bucket> sites;

    /** Of one address; a larger network has ten times as many. */
    public ClientLimit(int perMinute) {
        this.networks = buckets(perMinute);
        this.sites = buckets(PER_SITE * perMinute);
    }

    /**
     * Counts a request.
     *
     * @param address as the server believes it: literal, never a name
     */
    public boolean allows(String address) {
        return spend(ClientNetwork.of(address));
    }

    boolean spend(ClientNetwork client) {
        ClientNetwork site = client.site();
        return spend(networks, client) && (site == null || spend(sites, site));
    }

    static boolean spend(LoadingCache<Object, Bucket> buckets, Object who) {
        return buckets.get(who).tryConsume(1);
    }

    /** A bucket that nobody used for a while is full again, so it may be forgotten. */
    static LoadingCache<Object, Bucket> buckets(int perMinute) {
        return Caffeine.newBuilder()
                .maximumSize(MOST)
                .expireAfterAccess(WHILE)
                .build(who -> Bucket.builder()
                        .addLimit(limit -> limit.capacity(perMinute).refillGreedy(perMinute, WHILE))
                        .build());
    }
}
