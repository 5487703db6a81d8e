package dev.laurel.publication.wallet;

import dev.laurel.platform.secrets.MasterKey;
import dev.laurel.platform.secrets.Sha256;
import dev.laurel.platform.sql.Utc;
import dev.laurel.platform.tenant.TenantId;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * What a wallet has to sign: its end and something random, sealed for one issuer, so that giving one out writes nothing.
 * Only those that were signed are written down, so that none is good twice.
 *
 * @see <a href="https://openid.net/specs/openid-4-verifiable-credential-issuance-1_0.html#section-7">OpenID4VCI 1.0, 7</a>
 */
@Component
class WalletNonces {

    private static final String PURPOSE = "wallet-nonce";

    private static final Duration GOOD_FOR = Duration.ofMinutes(5);

    private static final int RANDOM_LENGTH = 16;

    private static final int BODY = Long.BYTES + RANDOM_LENGTH;

    private static final int PROOF = 16;

    private static final SecureRandom RANDOM = new SecureRandom();

    private final MasterKey masterKey;

    private final JdbcClient jdbc;

    private final Clock clock;

    WalletNonces(MasterKey masterKey, JdbcClient jdbc, Clock clock) {
        this.masterKey = masterKey;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    String next(UUID issuer) {
        byte[] random = new byte[RANDOM_LENGTH];
        RANDOM.nextBytes(random);
        byte[] body = ByteBuffer.allocate(BODY)
                .putLong(clock.instant().plus(GOOD_FOR).getEpochSecond())
                .put(random)
                .array();
        byte[] nonce = Arrays.copyOf(body, BODY + PROOF);
        System.arraycopy(proof(issuer, body), 0, nonce, BODY, PROOF);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(nonce);
    }

    /** Whether it is one of ours for this issuer, is not over, and was not spent before. */
    boolean spend(TenantId tenant, UUID issuer, String nonce) {
        byte[] bytes;
        try {
            bytes = Base64.getUrlDecoder().decode(nonce);
        } catch (IllegalArgumentException e) {
            return false;
        }
        if (bytes.length != BODY + PROOF) {
            return false;
        }
        byte[] body = Arrays.copyOf(bytes, BODY);
        Instant endsAt = Instant.ofEpochSecond(ByteBuffer.wrap(body).getLong());
        Instant now = clock.instant();
        return MessageDigest.isEqual(proof(issuer, body), Arrays.copyOfRange(bytes, BODY, bytes.length))
                && endsAt.isAfter(now)
                && isFirst(tenant, bytes, endsAt, now);
    }

    private boolean isFirst(TenantId tenant, byte[] nonce, Instant endsAt, Instant now) {
        jdbc.sql("DELETE FROM wallet_nonce WHERE tenant_id = ? AND ends_at < ? LIMIT 100")
                .params(tenant.value(), Utc.of(now))
                .update();
        return jdbc.sql("INSERT IGNORE INTO wallet_nonce (tenant_id, nonce_hash, ends_at) VALUES (?, ?, ?)")
                        .params(tenant.value(), Sha256.of(nonce), Utc.of(endsAt))
                        .update()
                > 0;
    }

    private byte[] proof(UUID issuer, byte[] body) {
        byte[] value = ByteBuffer.allocate(2 * Long.BYTES + BODY)
                .putLong(issuer.getMostSignificantBits())
                .putLong(issuer.getLeastSignificantBits())
                .put(body)
                .array();
        return Arrays.copyOf(masterKey.keyedHash(PURPOSE, value), PROOF);
    }
}
