package dev.laurel.platform;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import dev.laurel.platform.secrets.MasterKey;
import dev.laurel.platform.sql.Utc;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * The tool's own RSA keys: the newest signs, all that are not retired are published. Private parts are sealed under the
 * master key.
 */
@Component
public class ToolKeys {

    private static final String PURPOSE = "tool-key";

    private static final int BITS = 2048;

    /** How long an old key is still published after a rotation: longer than any platform caches our keys. */
    private static final Duration OVERLAP = Duration.ofDays(7);

    private static final Duration FRESH = Duration.ofSeconds(60);

    private final JdbcClient jdbc;

    private final MasterKey masterKey;

    private final Clock clock;

    private volatile @Nullable Cached cached;

    ToolKeys(JdbcClient jdbc, MasterKey masterKey, Clock clock) {
        this.jdbc = jdbc;
        this.masterKey = masterKey;
        this.clock = clock;
    }

    /** The key pair that signs now; created at first need. */
    public RSAKey signing() {
        return keys().get(0);
    }

    /** The public keys, newest first. */
    public JWKSet published() {
        return new JWKSet(
                keys().stream().map(RSAKey::toPublicJWK).map(JWK.class::cast).toList());
    }

    /** Signs with a new key from now on; the old ones stay published for a week. */
    @Transactional
    public void rotate() {
        Instant now = clock.instant();
        jdbc.sql("UPDATE tool_key SET retired_at = ? WHERE retired_at IS NULL")
                .param(Utc.of(now.plus(OVERLAP)))
                .update();
        create(now);
        cached = null;
    }

    private List<RSAKey> keys() {
        Cached known = cached;
        Instant now = clock.instant();
        if (known != null && known.readAt().plus(FRESH).isAfter(now)) {
            return known.keys();
        }
        synchronized (this) {
            List<RSAKey> keys = read(now);
            if (keys.isEmpty()) {
                create(now);
                keys = read(now);
            }
            cached = new Cached(keys, now);
            return keys;
        }
    }

    private List<RSAKey> read(Instant now) {
        return jdbc.sql(
                        "SELECT private_sealed FROM tool_key WHERE retired_at IS NULL OR retired_at > ? ORDER BY id DESC")
                .param(Utc.of(now))
                .query((row, n) -> parse(masterKey.open(PURPOSE, row.getBytes("private_sealed"))))
                .list();
    }

    private void create(Instant now) {
        RSAKey pair = generate();
        jdbc.sql("INSERT INTO tool_key (kid, public_jwk, private_sealed, created_at) VALUES (?, ?, ?, ?)")
                .params(
                        pair.getKeyID(),
                        pair.toPublicJWK().toJSONString(),
                        masterKey.seal(PURPOSE, pair.toJSONString().getBytes(StandardCharsets.UTF_8)),
                        Utc.of(now))
                .update();
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

    private record Cached(List<RSAKey> keys, Instant readAt) {}
}
