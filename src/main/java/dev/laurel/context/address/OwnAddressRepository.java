package dev.laurel.context.address;

import dev.laurel.platform.sql.Utc;
import dev.laurel.platform.tenant.TenantId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Rows of {@code own_address} and {@code own_address_wish}. Addresses in them are sealed. */
@Repository
class OwnAddressRepository {

    private final JdbcClient jdbc;

    OwnAddressRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    record Row(long id, long personId, byte[] sealed, Instant confirmedAt) {

        static Row read(ResultSet row, int n) throws SQLException {
            return new Row(
                    row.getLong("id"), row.getLong("person_id"), row.getBytes("sealed"), Utc.read(row, "confirmed_at"));
        }
    }

    record Wish(byte[] hash, byte[] sealed, byte @Nullable [] codeHash) {}

    Optional<Row> ofPerson(TenantId tenant, long personId) {
        return jdbc.sql(
                        "SELECT id, person_id, sealed, confirmed_at FROM own_address WHERE tenant_id = ? AND person_id = ?")
                .params(tenant.value(), personId)
                .query(Row::read)
                .optional();
    }

    Optional<Long> personOf(TenantId tenant, long id) {
        return jdbc.sql("SELECT person_id FROM own_address WHERE tenant_id = ? AND id = ?")
                .params(tenant.value(), id)
                .query(Long.class)
                .optional();
    }

    /** The oldest first. */
    List<Row> byHash(TenantId tenant, byte[] hash, int most) {
        return jdbc.sql("""
                        SELECT id, person_id, sealed, confirmed_at FROM own_address
                        WHERE tenant_id = ? AND address_hash = ? ORDER BY confirmed_at, id LIMIT ?""").params(tenant.value(), hash, most).query(Row::read).list();
    }

    /** In place of the one that the person had. */
    void put(TenantId tenant, long id, long personId, byte[] hash, byte[] sealed, Instant now) {
        remove(tenant, personId);
        jdbc.sql("""
                INSERT INTO own_address (tenant_id, id, person_id, address_hash, sealed, confirmed_at)
                VALUES (?, ?, ?, ?, ?, ?)""")
                .params(tenant.value(), id, personId, hash, sealed, Utc.of(now))
                .update();
    }

    /** Whether there was one. */
    boolean remove(TenantId tenant, long personId) {
        return jdbc.sql("DELETE FROM own_address WHERE tenant_id = ? AND person_id = ?")
                        .params(tenant.value(), personId)
                        .update()
                > 0;
    }

    Optional<Wish> wish(TenantId tenant, long personId) {
        return jdbc.sql("""
                        SELECT address_hash, sealed, code_hash FROM own_address_wish
                        WHERE tenant_id = ? AND person_id = ?""")
                .params(tenant.value(), personId)
                .query((row, n) ->
                        new Wish(row.getBytes("address_hash"), row.getBytes("sealed"), row.getBytes("code_hash")))
                .optional();
    }

    /** In place of what she wished before; a code that was mailed before counts no longer. */
    void wish(TenantId tenant, long personId, byte[] hash, byte[] sealed, Instant now) {
        jdbc.sql("""
                INSERT INTO own_address_wish (tenant_id, person_id, address_hash, sealed, asked_at, tries)
                VALUES (?, ?, ?, ?, ?, 0)
                ON DUPLICATE KEY UPDATE address_hash = VALUES(address_hash), sealed = VALUES(sealed),
                    asked_at = VALUES(asked_at), code_hash = NULL, code_ends_at = NULL, tries = 0""")
                .params(tenant.value(), personId, hash, sealed, Utc.of(now))
                .update();
    }

    /** Whether she still wishes for this address. */
    boolean code(TenantId tenant, long personId, byte[] hash, byte[] codeHash, Instant endsAt) {
        return jdbc.sql("""
                        UPDATE own_address_wish SET code_hash = ?, code_ends_at = ?, tries = 0
                        WHERE tenant_id = ? AND person_id = ? AND address_hash = ?""")
                        .params(codeHash, Utc.of(endsAt), tenant.value(), personId, hash)
                        .update()
                > 0;
    }

    /** Counts a code that was typed, before it is looked at; whether one more may be. */
    boolean isTried(TenantId tenant, long personId, int most, Instant now) {
        return jdbc.sql("""
                        UPDATE own_address_wish SET tries = tries + 1
                        WHERE tenant_id = ? AND person_id = ? AND code_ends_at > ? AND tries < ?""").params(tenant.value(), personId, Utc.of(now), most).update() > 0;
    }

    /** True once for each code. */
    boolean endWish(TenantId tenant, long personId, byte[] codeHash) {
        return jdbc.sql("DELETE FROM own_address_wish WHERE tenant_id = ? AND person_id = ? AND code_hash = ?")
                        .params(tenant.value(), personId, codeHash)
                        .update()
                > 0;
    }

    void forgetWish(TenantId tenant, long personId) {
        jdbc.sql("DELETE FROM own_address_wish WHERE tenant_id = ? AND person_id = ?")
                .params(tenant.value(), personId)
                .update();
    }

    void forgetWishesBefore(Instant before) {
        jdbc.sql("DELETE FROM own_address_wish WHERE asked_at < ?")
                .param(Utc.of(before))
                .update();
    }
}
