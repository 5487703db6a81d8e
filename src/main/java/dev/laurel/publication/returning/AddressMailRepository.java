package dev.laurel.publication.returning;

import dev.laurel.platform.sql.Utc;
import dev.laurel.platform.tenant.TenantId;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.jdbc.support.KeyHolder;
import org.springframework.stereotype.Repository;

/** Rows of {@code address_mail}. */
@Repository
class AddressMailRepository {

    /** What a message is for. */
    enum Kind {
        /** To confirm an address. */
        CODE,
        /** To open a shelf. */
        LINK,
        /** To the address that the LMS tells: another one was added. */
        NOTICE
    }

    /** @param personId who asked in a launch; {@code null}: whoever asked was not signed in */
    record Mail(Kind kind, byte[] hash, @Nullable Long personId, Instant askedAt) {}

    private final JdbcClient jdbc;

    AddressMailRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The number of the row. */
    long add(TenantId tenant, Mail mail) {
        KeyHolder key = new GeneratedKeyHolder();
        jdbc.sql("INSERT INTO address_mail (tenant_id, kind, address_hash, person_id, asked_at) VALUES (?, ?, ?, ?, ?)")
                .params(tenant.value(), mail.kind().name(), mail.hash(), mail.personId(), Utc.of(mail.askedAt()))
                .update(key, "id");
        Number id = key.getKeyAs(Number.class);
        if (id == null) {
            throw new IllegalStateException("No number for a message");
        }
        return id.longValue();
    }

    int toAddressSince(TenantId tenant, Kind kind, byte[] hash, Instant since) {
        return jdbc.sql("""
                        SELECT COUNT(*) FROM address_mail
                        WHERE tenant_id = ? AND address_hash = ? AND kind = ? AND asked_at > ?""")
                .params(tenant.value(), hash, kind.name(), Utc.of(since))
                .query(Integer.class)
                .single();
    }

    int byPersonSince(TenantId tenant, Kind kind, long personId, Instant since) {
        return jdbc.sql("""
                        SELECT COUNT(*) FROM address_mail
                        WHERE tenant_id = ? AND person_id = ? AND kind = ? AND asked_at > ?""")
                .params(tenant.value(), personId, kind.name(), Utc.of(since))
                .query(Integer.class)
                .single();
    }

    Optional<Mail> find(TenantId tenant, long id) {
        return jdbc.sql(
                        "SELECT kind, address_hash, person_id, asked_at FROM address_mail WHERE tenant_id = ? AND id = ?")
                .params(tenant.value(), id)
                .query((row, n) -> new Mail(
                        Kind.valueOf(row.getString("kind")),
                        row.getBytes("address_hash"),
                        row.getObject("person_id", Long.class),
                        Utc.read(row, "asked_at")))
                .optional();
    }

    /** True for one node only, and once. */
    boolean claim(TenantId tenant, long id, Instant now) {
        return jdbc.sql("UPDATE address_mail SET sent_at = ? WHERE tenant_id = ? AND id = ? AND sent_at IS NULL")
                        .params(Utc.of(now), tenant.value(), id)
                        .update()
                == 1;
    }

    /** The mail server did not take it: for another try. */
    void release(TenantId tenant, long id) {
        jdbc.sql("UPDATE address_mail SET sent_at = NULL WHERE tenant_id = ? AND id = ?")
                .params(tenant.value(), id)
                .update();
    }

    void forget(TenantId tenant, long personId) {
        jdbc.sql("DELETE FROM address_mail WHERE tenant_id = ? AND person_id = ?")
                .params(tenant.value(), personId)
                .update();
    }

    void forgetBefore(Instant before) {
        jdbc.sql("DELETE FROM address_mail WHERE asked_at < ?")
                .param(Utc.of(before))
                .update();
    }
}
