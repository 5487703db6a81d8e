package dev.laurel.publication.wallet;

import dev.laurel.platform.sql.Utc;
import dev.laurel.platform.tenant.TenantId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Rows of {@code wallet_offer}. Looking one up by a secret asks for no tenant: whoever has the secret may ask. Whatever may
 * happen once only is one statement that counts its row.
 */
@Repository
class WalletOfferRepository {

    private static final String OFFER = """
            SELECT tenant_id, id, award_id, person_id, issuer, secret_sealed, asks_code, ends_at, used_at, token_ends_at,
                taken_at
            FROM wallet_offer\s""";

    private final JdbcClient jdbc;

    WalletOfferRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The hashes of what a wallet is to know, and the secret that all of it is derived from, sealed. */
    record Secrets(byte[] secretHash, byte[] sealed, byte[] codeHash) {}

    void add(
            TenantId tenant,
            long awardId,
            long personId,
            UUID issuer,
            Secrets secrets,
            boolean asksCode,
            Instant now,
            Instant endsAt) {
        jdbc.sql("""
                INSERT INTO wallet_offer (tenant_id, award_id, person_id, issuer, secret_hash, secret_sealed, code_hash,
                    asks_code, created_at, ends_at)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""")
                .params(
                        tenant.value(),
                        awardId,
                        personId,
                        issuer.toString(),
                        secrets.secretHash(),
                        secrets.sealed(),
                        secrets.codeHash(),
                        asksCode,
                        Utc.of(now),
                        Utc.of(endsAt))
                .update();
    }

    int madeSince(TenantId tenant, long personId, Instant since) {
        return jdbc.sql("SELECT COUNT(*) FROM wallet_offer WHERE tenant_id = ? AND person_id = ? AND created_at > ?")
                .params(tenant.value(), personId, Utc.of(since))
                .query(Integer.class)
                .single();
    }

    /** The newest one of this badge. */
    Optional<WalletOffer> newest(TenantId tenant, long awardId, long personId) {
        return jdbc.sql(OFFER + "WHERE tenant_id = ? AND award_id = ? AND person_id = ? ORDER BY id DESC LIMIT 1")
                .params(tenant.value(), awardId, personId)
                .query((row, n) -> offer(row))
                .optional();
    }

    Optional<WalletOffer> bySecret(byte[] hash) {
        return by("secret_hash", hash);
    }

    Optional<WalletOffer> byCode(byte[] hash) {
        return by("code_hash", hash);
    }

    Optional<WalletOffer> byToken(byte[] hash) {
        return by("token_hash", hash);
    }

    private Optional<WalletOffer> by(String column, byte[] hash) {
        return jdbc.sql(OFFER + "WHERE " + column + " = ?")
                .param(hash)
                .query((row, n) -> offer(row))
                .optional();
    }

    /** Whether it was this wallet that came first. */
    boolean use(WalletOffer offer, byte[] tokenHash, Instant tokenEndsAt, Instant now) {
        return jdbc.sql("""
                        UPDATE wallet_offer SET used_at = ?, token_hash = ?, token_ends_at = ?
                        WHERE tenant_id = ? AND id = ? AND used_at IS NULL AND ends_at > ?""")
                        .params(
                                Utc.of(now),
                                tokenHash,
                                Utc.of(tokenEndsAt),
                                offer.tenant().value(),
                                offer.id(),
                                Utc.of(now))
                        .update()
                > 0;
    }

    /** One try more of so many. It is counted before it is looked at: many at once are no more tries. */
    boolean countTry(WalletOffer offer, int most) {
        return jdbc.sql("""
                        UPDATE wallet_offer SET wrong_codes = wrong_codes + 1
                        WHERE tenant_id = ? AND id = ? AND used_at IS NULL AND wrong_codes < ?""").params(offer.tenant().value(), offer.id(), most).update() > 0;
    }

    /** After so many wrong ones it is good for nobody. */
    void endAfter(WalletOffer offer, int most, Instant now) {
        jdbc.sql("""
                UPDATE wallet_offer SET used_at = ?
                WHERE tenant_id = ? AND id = ? AND used_at IS NULL AND wrong_codes >= ?""")
                .params(Utc.of(now), offer.tenant().value(), offer.id(), most)
                .update();
    }

    /** Whether it is for the holder of this DID: the first one who asks. */
    boolean bind(WalletOffer offer, byte[] didHash) {
        return jdbc.sql("""
                        UPDATE wallet_offer SET did_hash = ?
                        WHERE tenant_id = ? AND id = ? AND (did_hash IS NULL OR did_hash = ?)""")
                        .params(didHash, offer.tenant().value(), offer.id(), didHash)
                        .update()
                > 0;
    }

    boolean isBound(WalletOffer offer, byte[] didHash) {
        return jdbc.sql("SELECT COUNT(*) FROM wallet_offer WHERE tenant_id = ? AND id = ? AND did_hash = ?")
                        .params(offer.tenant().value(), offer.id(), didHash)
                        .query(Integer.class)
                        .single()
                > 0;
    }

    void taken(WalletOffer offer, Instant now) {
        jdbc.sql("UPDATE wallet_offer SET taken_at = IFNULL(taken_at, ?) WHERE tenant_id = ? AND id = ?")
                .params(Utc.of(now), offer.tenant().value(), offer.id())
                .update();
    }

    /** No wallet can take it any more, not even one that came already. */
    void end(TenantId tenant, long awardId, long personId, Instant now) {
        jdbc.sql("""
                UPDATE wallet_offer SET used_at = IFNULL(used_at, ?), token_hash = NULL, token_ends_at = NULL
                WHERE tenant_id = ? AND award_id = ? AND person_id = ? AND (used_at IS NULL OR token_hash IS NOT NULL)""").params(Utc.of(now), tenant.value(), awardId, personId).update();
    }

    void forgetBefore(Instant before) {
        jdbc.sql("DELETE FROM wallet_offer WHERE created_at < ?")
                .param(Utc.of(before))
                .update();
    }

    void forget(TenantId tenant, long personId) {
        jdbc.sql("DELETE FROM wallet_offer WHERE tenant_id = ? AND person_id = ?")
                .params(tenant.value(), personId)
                .update();
    }

    private static WalletOffer offer(ResultSet row) throws SQLException {
        return new WalletOffer(
                new TenantId(row.getLong("tenant_id")),
                row.getLong("id"),
                row.getLong("award_id"),
                row.getLong("person_id"),
                UUID.fromString(row.getString("issuer")),
                row.getBytes("secret_sealed"),
                row.getBoolean("asks_code"),
                Utc.read(row, "ends_at"),
                Utc.readNullable(row, "used_at"),
                Utc.readNullable(row, "token_ends_at"),
                Utc.readNullable(row, "taken_at"));
    }
}
