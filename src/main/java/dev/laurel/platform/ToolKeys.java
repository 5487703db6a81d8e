package dev.laurel.platform;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import dev.laurel.platform.secrets.MasterKey;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * The tool's own RSA keys. A new one is published a day before it signs, so that no platform meets a signature by a key
 * that its copy of our key set lacks; the one before stays published for eight days after that, so that nothing that it
 * signed fails. Which key signs follows from the clock alone: all nodes change over at the same moment. Private parts are
 * sealed under the master key, and destroyed in the end.
 */
@Component
public class ToolKeys {

    /** How long a key is published before it signs: Canvas and Moodle look again at once, others keep a copy for a day. */
    static final Duration LEAD = Duration.ofDays(1);

    /** How long a key is published after its last signature: seven days, and one for clocks that differ. */
    static final Duration OVERLAP = Duration.ofDays(8);

    /** How long a key signs before the next one is made by itself. */
    static final Duration TERM = Duration.ofDays(90);

    private static final Logger LOG = LoggerFactory.getLogger(ToolKeys.class);

    private static final String PURPOSE = "tool-key";

    private static final int BITS = 2048;

    /** Much shorter than {@link #LEAD}: every node knows a key long before it signs. */
    private static final Duration FRESH = Duration.ofSeconds(60);

    private final ToolKeyRepository repository;

    private final MasterKey masterKey;

    private final Clock clock;

    private volatile @Nullable Cached cached;

    ToolKeys(ToolKeyRepository repository, MasterKey masterKey, Clock clock) {
        this.repository = repository;
        this.masterKey = masterKey;
        this.clock = clock;
    }

    /** The key pair that signs now; the first one is created at first need. */
    public RSAKey signing() {
        Instant now = clock.instant();
        List<Pair> pairs = pairs();
        return pairs.stream()
                .filter(pair -> !pair.signsFrom().isAfter(now))
                .findFirst()
                .orElse(pairs.get(pairs.size() - 1))
                .key();
    }

    /** The public keys, newest first: the one that signs, the next one, and those before it until they retire. */
    public JWKSet published() {
        Instant now = clock.instant();
        return new JWKSet(pairs().stream()
                .filter(pair ->
                        pair.publishedUntil() == null || pair.publishedUntil().isAfter(now))
                .map(pair -> (JWK) pair.key().toPublicJWK())
                .toList());
    }

    /**
     * Publishes a new key, which signs from {@link #LEAD} on.
     *
     * @return false where one waits to sign already, or another node has made one at this moment
     */
    public boolean rotate() {
        Instant now = clock.instant();
        ToolKeyRepository.Row newest = rows().get(0);
        boolean made = !newest.signsFrom().isAfter(now) && create(newest.generation() + 1, now, now.plus(LEAD));
        cached = null;
        return made;
    }

    /** Makes the next key where it is time, and destroys the private parts of those that are published no more. */
    void care() {
        Instant now = clock.instant();
        if (!rows().get(0).signsFrom().plus(TERM).isAfter(now)) {
            rotate();
        }
        List<ToolKeyRepository.Row> rows = rows();
        for (int i = 1; i < rows.size(); i++) {
            Instant end = rows.get(i - 1).signsFrom().plus(OVERLAP);
            if (!end.isAfter(now) && repository.retire(rows.get(i).generation(), now)) {
                LOG.info("Tool key {} retired", rows.get(i).kid());
                cached = null;
            }
        }
    }

    /** Every key there ever was, newest first. */
    public List<ToolKey> all() {
        List<ToolKeyRepository.Row> rows = rows();
        List<ToolKey> keys = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            ToolKeyRepository.Row row = rows.get(i);
            Instant end = i == 0 ? null : rows.get(i - 1).signsFrom();
            keys.add(new ToolKey(
                    row.kid(),
                    row.createdAt(),
                    row.signsFrom(),
                    end,
                    end == null ? null : end.plus(OVERLAP),
                    row.retiredAt()));
        }
        return keys;
    }

    private List<Pair> pairs() {
        Cached known = cached;
        Instant now = clock.instant();
        if (known != null && known.readAt().plus(FRESH).isAfter(now)) {
            return known.pairs();
        }
        synchronized (this) {
            List<Pair> pairs = new ArrayList<>();
            Instant end = null;
            for (ToolKeyRepository.Row row : rows()) {
                byte @Nullable [] sealed = row.privateSealed();
                if (sealed != null) {
                    pairs.add(new Pair(
                            parse(masterKey.open(PURPOSE, sealed)),
                            row.signsFrom(),
                            end == null ? null : end.plus(OVERLAP)));
                }
                end = row.signsFrom();
            }
            cached = new Cached(List.copyOf(pairs), now);
            return pairs;
        }
    }

    /** Newest first; at least one. */
    private List<ToolKeyRepository.Row> rows() {
        List<ToolKeyRepository.Row> rows = repository.all();
        if (rows.isEmpty()) {
            Instant now = clock.instant();
            create(1, now, now);
            rows = repository.all();
        }
        return rows;
    }

    private boolean create(long generation, Instant now, Instant signsFrom) {
        RSAKey pair = generate();
        boolean made = repository.add(
                generation,
                pair.getKeyID(),
                pair.toPublicJWK().toJSONString(),
                masterKey.seal(PURPOSE, pair.toJSONString().getBytes(StandardCharsets.UTF_8)),
                now,
                signsFrom);
        if (made) {
            LOG.info("Tool key {} published, signs from {}", pair.getKeyID(), signsFrom);
        }
        return made;
    }

    private static RSAKey generate() {
        try {
            return new RSAKeyGenerator(BITS)
                    .keyID(UUID.randomUUID().toString())
                    .keyUse(KeyUse.SIGNATURE)
                    .algorithm(JWSAlgorithm.RS256)
                    .generate();
        } catch (JOSEException e) {
            throw new IllegalStateException("This Java makes no RSA keys", e);
        }
    }

    private static RSAKey parse(byte[] json) {
        try {
            return RSAKey.parse(new String(json, StandardCharsets.UTF_8));
        } catch (ParseException e) {
            throw new IllegalStateException("A stored tool key is damaged", e);
        }
    }

    private record Pair(
            RSAKey key, Instant signsFrom, @Nullable Instant publishedUntil) {}

    private record Cached(List<Pair> pairs, Instant readAt) {}
}
