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
        NOTICE,
        /** To an address that was removed, or that another one took the place of. */
        FAREWELL
    }

    /**
     * @param hash of the address
     * @param personId who asked in a launch; {@code null}: whoever asked was not signed in
     * @param network hash of where a link was asked from; else {@code null}
     * @param sealed the address of a farewell, which stands nowhere else any more; else {@code null}
     */
    record Mail(
            Kind kind,
            byte[] hash,
            @Nullable Long personId,
            byte @Nullable [] network,
            byte @Nullable [] sealed,
            Instant askedAt) {

        static Mail code(byte[] hash, long personId, Instant now) {
            return new Mail(Kind.CODE, hash, personId, null, null, now);
        }

        static Mail link(byte[] hash, byte[] network, Instant now) {
            return new Mail(Kind.LINK, hash, null, network, null, now);
        }

        static Mail notice(byte[] hash, long personId, Instant now) {
            return new Mail(Kind.NOTICE, hash, personId, null, null, now);
        }

        static Mail farewell(byte[] hash, long personId, byte[] sealed, Instant now) {
            return new Mail(Kind.FAREWELL, hash, personId, null, sealed, now);
        }
    }

    /** Those that come before a message: with a smaller number, or on their way already. */
    private static final String BEFORE =
            "SELECT COUNT(*) FROM address_mail WHERE tenant_id = ? AND kind = ? AND asked_at > ?"
                    + " AND (id < ? OR sent_at IS NOT NULL)";

    private final JdbcClient jdbc;

    AddressMailRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The number of the row. */
    long add(TenantId tenant, Mail mail) {
        KeyHolder key = new GeneratedKeyHolder();
        jdbc.sql("""
                INSERT INTO address_mail (tenant_id, kind, address_hash, person_id, network_hash, sealed, asked_at)
                VALUES (?, ?, ?, ?, ?, ?, ?)""")
                .params(
                        tenant.value(),
                        mail.kind().name(),
                        mail.hash(),
                        mail.personId(),
                        mail.network(),
                        mail.sealed(),
                        Utc.of(mail.askedAt()))
                .update(key, "id");
        Number id = key.getKeyAs(Number.class);
        if (id == null) {
            throw new IllegalStateException("No number for a message");
        }
        return id.longValue();
    }

    /** @param before the number of a message */
    int toAddress(TenantId tenant, Mail mail, Instant since, long before) {
        return jdbc.sql(BEFORE + " AND address_hash = ?")
                .params(tenant.value(), mail.kind().name(), Utc.of(since), before, mail.hash())
                .query(Integer.class)
                .single();
    }

    /** Those to the same address that the same network asked for. */
    int fromNetwork(TenantId tenant, Mail mail, Instant since, long before) {
        return jdbc.sql(BEFORE + " AND address_hash = ? AND network_hash = ?")
                .params(tenant.value(), mail.kind().name(), Utc.of(since), before, mail.hash(), mail.network())
                .query(Integer.class)
                .single();
    }

    int byPerson(TenantId tenant, Mail mail, Instant since, long before) {
        return jdbc.sql(BEFORE + " AND person_id = ?")
                .params(tenant.value(), mail.kind().name(), Utc.of(since), before, mail.personId())
                .query(Integer.class)
                .single();
    }

    Optional<Mail> find(TenantId tenant, long id) {
        return jdbc.sql("""
                        SELECT kind, address_hash, person_id, network_hash, sealed, asked_at
                        FROM address_mail WHERE tenant_id = ? AND id = ?""")
                .params(tenant.value(), id)
                .query((row, n) -> new Mail(
                        Kind.valueOf(row.getString("kind")),
                        row.getBytes("address_hash"),
                        row.getObject("person_id", Long.class),
                        row.getBytes("network_hash"),
                        row.getBytes("sealed"),
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

    /** One that is not sent, and so counts for nothing. */
    void drop(TenantId tenant, long id) {
        jdbc.sql("DELETE FROM address_mail WHERE tenant_id = ? AND id = ? AND sent_at IS NULL")
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
