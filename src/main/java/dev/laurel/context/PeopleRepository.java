package dev.laurel.context;

import dev.laurel.platform.sql.Utc;
import dev.laurel.platform.tenant.TenantId;
import java.nio.ByteBuffer;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Rows of {@code person} and {@code account}. Everything personal in them is sealed. */
@Repository
class PeopleRepository {

    private final JdbcClient jdbc;

    private final JdbcTemplate batch;

    PeopleRepository(JdbcClient jdbc, JdbcTemplate batch) {
        this.jdbc = jdbc;
        this.batch = batch;
    }

    /** A person as stored; {@code wrappedKey} is {@code null} once erased. */
    record Row(
            long id,
            byte @Nullable [] wrappedKey,
            byte @Nullable [] sealed,
            byte @Nullable [] digest,
            byte @Nullable [] platformUserHash) {

        static Row read(ResultSet row) throws SQLException {
            return new Row(
                    row.getLong("person_id"),
                    row.getBytes("wrapped_key"),
                    row.getBytes("sealed"),
                    row.getBytes("sealed_digest"),
                    row.getBytes("user_hash"));
        }
    }

    record NewRow(long id, byte[] wrappedKey, byte[] sealed, byte[] digest, byte[] subHash, byte[] subSealed) {}

    record Update(long id, byte[] sealed, byte[] digest) {}

    void insertPersons(TenantId tenant, Collection<NewRow> rows, Instant at) {
        batch.batchUpdate(
                "INSERT INTO person (tenant_id, id, wrapped_key, sealed, sealed_digest, created_at)"
                        + " VALUES (?, ?, ?, ?, ?, ?)",
                rows.stream()
                        .map(r ->
                                new Object[] {tenant.value(), r.id(), r.wrappedKey(), r.sealed(), r.digest(), Utc.of(at)
                                })
                        .toList());
    }

    /** Adds the accounts that nobody added before; whoever is second has to look up whose account it is. */
    void insertAccounts(TenantId tenant, long registrationId, Collection<NewRow> rows, Instant at) {
        batch.batchUpdate(
                "INSERT INTO account (tenant_id, registration_id, sub_hash, person_id, sub_sealed, created_at)"
                        + " VALUES (?, ?, ?, ?, ?, ?) ON DUPLICATE KEY UPDATE person_id = person_id",
                rows.stream()
                        .map(r -> new Object[] {
                            tenant.value(), registrationId, r.subHash(), r.id(), r.subSealed(), Utc.of(at)
                        })
                        .toList());
    }

    /**
     * Persons by the hash of their {@code sub}, in one statement.
     *
     * @param host at which the platform's own ids of them are wanted, see {@link PlatformHost}
     */
    Map<ByteBuffer, Row> byHash(TenantId tenant, long registrationId, String host, Collection<byte[]> hashes) {
        Map<ByteBuffer, Row> found = new HashMap<>();
        if (hashes.isEmpty()) {
            return found;
        }
        jdbc.sql("""
                SELECT a.sub_hash, a.person_id, p.wrapped_key, p.sealed, p.sealed_digest, u.user_hash
                FROM account a JOIN person p ON p.tenant_id = a.tenant_id AND p.id = a.person_id
                LEFT JOIN platform_user u ON u.tenant_id = a.tenant_id AND u.registration_id = a.registration_id
                    AND u.host = :host AND u.person_id = a.person_id
                WHERE a.tenant_id = :tenant AND a.registration_id = :registration AND a.sub_hash IN (:hashes)""")
                .param("tenant", tenant.value())
                .param("registration", registrationId)
                .param("host", host)
                .param("hashes", hashes)
                .query(row -> {
                    found.put(ByteBuffer.wrap(row.getBytes("sub_hash")), Row.read(row));
                });
        return found;
    }

    Map<ByteBuffer, Long> idsByHash(TenantId tenant, long registrationId, Collection<byte[]> hashes) {
        Map<ByteBuffer, Long> found = new HashMap<>();
        if (hashes.isEmpty()) {
            return found;
        }
        jdbc.sql("""
                SELECT sub_hash, person_id FROM account
                WHERE tenant_id = :tenant AND registration_id = :registration AND sub_hash IN (:hashes)""")
                .param("tenant", tenant.value())
                .param("registration", registrationId)
                .param("hashes", hashes)
                .query(row -> {
                    found.put(ByteBuffer.wrap(row.getBytes("sub_hash")), row.getLong("person_id"));
                });
        return found;
    }

    void updateProfiles(TenantId tenant, Collection<Update> rows) {
        if (rows.isEmpty()) {
            return;
        }
        batch.batchUpdate(
                "UPDATE person SET sealed = ?, sealed_digest = ? WHERE tenant_id = ? AND id = ? AND erased_at IS NULL",
                rows.stream()
                        .sorted(Comparator.comparingLong(Update::id))
                        .map(r -> new Object[] {r.sealed(), r.digest(), tenant.value(), r.id()})
                        .toList());
    }

    void deletePersons(TenantId tenant, Set<Long> orphans) {
        if (orphans.isEmpty()) {
            return;
        }
        jdbc.sql("DELETE FROM person WHERE tenant_id = :tenant AND id IN (:ids)")
                .param("tenant", tenant.value())
                .param("ids", new HashSet<>(orphans))
                .update();
    }

    /** Of all her accounts, as {@link #accountHash}. */
    Set<String> accountHashes(TenantId tenant, long personId) {
        return new HashSet<>(jdbc.sql("SELECT sub_hash FROM account WHERE tenant_id = ? AND person_id = ?")
                .params(tenant.value(), personId)
                .query((row, n) -> accountHash(row.getBytes("sub_hash")))
                .list());
    }

    /** The hash of a {@code sub}, which holds the registration, in letters. */
    static String accountHash(byte[] subHash) {
        return HexFormat.of().formatHex(subHash);
    }

    /** Destroys the key and the accounts; whether anything was left to destroy. */
    boolean erase(TenantId tenant, long personId, Instant at) {
        boolean erased =
                jdbc.sql("""
                        UPDATE person SET wrapped_key = NULL, sealed = NULL, sealed_digest = NULL, erased_at = ?
                        WHERE tenant_id = ? AND id = ? AND erased_at IS NULL""").params(Utc.of(at), tenant.value(), personId).update() == 1;
        if (erased) {
            jdbc.sql("""
                    INSERT INTO erased_account (tenant_id, registration_id, sub_hash, erased_at)
                    SELECT tenant_id, registration_id, sub_hash, ? FROM account WHERE tenant_id = ? AND person_id = ?
                    ON DUPLICATE KEY UPDATE erased_at = VALUES(erased_at)""").params(Utc.of(at), tenant.value(), personId).update();
            for (String table : List.of("account", "platform_user")) {
                jdbc.sql("DELETE FROM " + table + " WHERE tenant_id = ? AND person_id = ?")
                        .params(tenant.value(), personId)
                        .update();
            }
        }
        return erased;
    }

    /** @param createdAt with the number it names somebody for ever, whatever was restored */
    record Numbered(
            TenantId tenant,
            long id,
            Instant createdAt,
            @Nullable Instant erasedAt) {}

    /** Of every tenant: what is kept outside the database is kept of the installation. */
    List<Numbered> erasedAfter(Instant moment) {
        return jdbc.sql("SELECT tenant_id, id, created_at, erased_at FROM person WHERE erased_at > ?")
                .param(Utc.of(moment))
                .query(PeopleRepository::numbered)
                .list();
    }

    /** Those of these who are not erased, of whichever tenant. */
    List<Numbered> notErased(Collection<Long> ids) {
        return jdbc.sql(
                        "SELECT tenant_id, id, created_at, erased_at FROM person WHERE id IN (:ids) AND erased_at IS NULL")
                .param("ids", ids)
                .query(PeopleRepository::numbered)
                .list();
    }

    private static Numbered numbered(ResultSet row, int n) throws SQLException {
        return new Numbered(
                new TenantId(row.getLong("tenant_id")),
                row.getLong("id"),
                Utc.read(row, "created_at"),
                Utc.readNullable(row, "erased_at"));
    }

    /** Those of these who were erased and have not come back by themselves. */
    Set<ByteBuffer> erasedAmong(TenantId tenant, long registrationId, Collection<byte[]> hashes) {
        return new HashSet<>(jdbc.sql("""
                        SELECT sub_hash FROM erased_account
                        WHERE tenant_id = :tenant AND registration_id = :registration AND sub_hash IN (:hashes)""")
                .param("tenant", tenant.value())
                .param("registration", registrationId)
                .param("hashes", hashes)
                .query((row, n) -> ByteBuffer.wrap(row.getBytes("sub_hash")))
                .list());
    }

    /** Whoever launches is no longer among the erased; whether she was. */
    boolean welcomeBack(TenantId tenant, long registrationId, byte[] subHash) {
        return jdbc.sql("DELETE FROM erased_account WHERE tenant_id = ? AND registration_id = ? AND sub_hash = ?")
                        .params(tenant.value(), registrationId, subHash)
                        .update()
                == 1;
    }

    List<Row> find(TenantId tenant, Collection<Long> ids) {
        if (ids.isEmpty()) {
            return List.of();
        }
        return jdbc.sql("""
                SELECT id AS person_id, wrapped_key, sealed, sealed_digest, NULL AS user_hash FROM person
                WHERE tenant_id = :tenant AND id IN (:ids) AND erased_at IS NULL""")
                .param("tenant", tenant.value())
                .param("ids", ids)
                .query((row, n) -> Row.read(row))
                .list();
    }

    /** @param hashes by person */
    void saveSisIds(TenantId tenant, long registrationId, Map<Long, byte[]> hashes) {
        if (!hashes.isEmpty()) {
            batch.batchUpdate(
                    "UPDATE account SET sis_hash = ? WHERE tenant_id = ? AND registration_id = ? AND person_id = ?",
                    hashes.entrySet().stream()
                            .map(each -> new Object[] {each.getValue(), tenant.value(), registrationId, each.getKey()})
                            .toList());
        }
    }

    /**
     * Persons who have one id of the student system in common, of one platform each; of very many the first. The database
     * cuts a long list off in the middle of a number.
     */
    List<Set<Long>> sisIdsInCommon(TenantId tenant, int most) {
        return jdbc
                .sql("""
                        SELECT SUBSTRING_INDEX(GROUP_CONCAT(person_id ORDER BY person_id), ',', 40) AS persons FROM account
                        WHERE tenant_id = ? AND sis_hash IS NOT NULL
                        GROUP BY registration_id, sis_hash HAVING COUNT(DISTINCT person_id) > 1 LIMIT ?""")
                .params(tenant.value(), most)
                .query((row, n) -> Arrays.stream(row.getString("persons").split(","))
                        .map(Long::valueOf)
                        .collect(Collectors.toCollection(TreeSet::new)))
                .list()
                .stream()
                .map(Set::copyOf)
                .toList();
    }

    /** The sealed {@code sub} of a person at a platform with the wrapped key that opens it. */
    record SealedSub(long personId, byte[] wrappedKey, byte[] sealed) {}

    /** The registrations of each of these people, oldest account first. One statement. */
    Map<Long, Set<Long>> registrations(TenantId tenant, Collection<Long> personIds) {
        Map<Long, Set<Long>> found = new HashMap<>();
        if (!personIds.isEmpty()) {
            jdbc.sql("""
                    SELECT person_id, registration_id FROM account
                    WHERE tenant_id = :tenant AND person_id IN (:ids) ORDER BY created_at""")
                    .param("tenant", tenant.value())
                    .param("ids", personIds)
                    .query(row -> {
                        found.computeIfAbsent(row.getLong("person_id"), person -> new LinkedHashSet<>())
                                .add(row.getLong("registration_id"));
                    });
        }
        return found;
    }

    /** By the number of the registration. */
    Map<Long, SealedSub> accounts(TenantId tenant, long personId) {
        Map<Long, SealedSub> found = new LinkedHashMap<>();
        jdbc.sql("""
                SELECT a.registration_id, a.person_id, p.wrapped_key, a.sub_sealed
                FROM account a JOIN person p ON p.tenant_id = a.tenant_id AND p.id = a.person_id
                WHERE a.tenant_id = ? AND a.person_id = ? AND p.wrapped_key IS NOT NULL
                ORDER BY a.created_at""").params(tenant.value(), personId).query(row -> {
            found.put(
                    row.getLong("registration_id"),
                    new SealedSub(row.getLong("person_id"), row.getBytes("wrapped_key"), row.getBytes("sub_sealed")));
        });
        return found;
    }

    List<SealedSub> subs(TenantId tenant, long registrationId, Collection<Long> personIds) {
        if (personIds.isEmpty()) {
            return List.of();
        }
        return jdbc.sql("""
                SELECT a.person_id, p.wrapped_key, a.sub_sealed
                FROM account a JOIN person p ON p.tenant_id = a.tenant_id AND p.id = a.person_id
                WHERE a.tenant_id = :tenant AND a.person_id IN (:ids) AND a.registration_id = :registration
                    AND p.wrapped_key IS NOT NULL
                ORDER BY a.created_at""")
                .param("tenant", tenant.value())
                .param("ids", personIds)
                .param("registration", registrationId)
                .query((row, n) -> new SealedSub(
                        row.getLong("person_id"), row.getBytes("wrapped_key"), row.getBytes("sub_sealed")))
                .list();
    }
}
