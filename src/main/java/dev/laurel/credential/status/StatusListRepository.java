package dev.laurel.credential.status;

import dev.laurel.credential.status.StatusLists.Standing;
import dev.laurel.platform.sql.Utc;
import dev.laurel.platform.tenant.PublicUrl;
import dev.laurel.platform.tenant.TenantId;
import java.net.URI;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Rows of {@code status_list} and {@code status_entry}. */
@Repository
class StatusListRepository {

    private static final String LISTS = """
            SELECT tenant_id, id, issuer_id, kind, number, public_id, taken, revision, IFNULL(signed_revision, 0) AS signed,
                signed_at, public_url
            FROM status_list
            """;

    private final JdbcClient jdbc;

    private final JdbcTemplate template;

    StatusListRepository(JdbcClient jdbc, JdbcTemplate template) {
        this.jdbc = jdbc;
        this.template = template;
    }

    /**
     * One list of an issuer.
     *
     * @param signedRevision 0: it was never signed
     */
    record Row(
            long id,
            long issuerId,
            ListKind kind,
            int number,
            UUID publicId,
            int taken,
            long revision,
            long signedRevision,
            @Nullable Instant signedAt,
            PublicUrl publicUrl) {}

    /** The newest list of the issuer of this kind, made under this address where there is none, locked until the transaction ends. */
    Row lockNewest(TenantId tenant, long issuerId, ListKind kind, PublicUrl publicUrl) {
        int number = jdbc.sql("SELECT MAX(number) FROM status_list WHERE tenant_id = ? AND issuer_id = ? AND kind = ?")
                .params(tenant.value(), issuerId, kind.name())
                .query(Integer.class)
                .optional()
                .orElse(0);
        if (number == 0) {
            return add(tenant, issuerId, kind, 1, publicUrl);
        }
        return lock(tenant, issuerId, kind, number);
    }

    /** The list of this number, made where it is not there yet, locked until the transaction ends. */
    Row add(TenantId tenant, long issuerId, ListKind kind, int number, PublicUrl publicUrl) {
        jdbc.sql("""
                INSERT INTO status_list (tenant_id, issuer_id, kind, number, public_id, public_url, taken, revision)
                VALUES (?, ?, ?, ?, ?, ?, 0, 1)
                ON DUPLICATE KEY UPDATE number = VALUES(number)""")
                .params(
                        tenant.value(),
                        issuerId,
                        kind.name(),
                        number,
                        UUID.randomUUID().toString(),
                        publicUrl.value().toString())
                .update();
        return lock(tenant, issuerId, kind, number);
    }

    private Row lock(TenantId tenant, long issuerId, ListKind kind, int number) {
        return jdbc.sql(LISTS + "WHERE tenant_id = ? AND issuer_id = ? AND kind = ? AND number = ? FOR UPDATE")
                .params(tenant.value(), issuerId, kind.name(), number)
                .query(StatusListRepository::row)
                .single();
    }

    void taken(TenantId tenant, long listId, int more) {
        jdbc.sql("UPDATE status_list SET taken = taken + ? WHERE tenant_id = ? AND id = ?")
                .params(more, tenant.value(), listId)
                .update();
    }

    /** Those whose award has a place already, or whose place another award has, stay out. One statement. */
    void insert(TenantId tenant, long listId, Map<Standing, Integer> places) {
        template.batchUpdate(
                """
                INSERT INTO status_entry (tenant_id, award_id, list_id, place, since, reason) VALUES (?, ?, ?, ?, ?, ?)
                ON DUPLICATE KEY UPDATE place = place""",
                places.entrySet().stream()
                        .map(entry -> new @Nullable Object[] {
                            tenant.value(),
                            entry.getKey().awardId(),
                            listId,
                            entry.getValue(),
                            Utc.ofNullable(entry.getKey().since()),
                            name(entry.getKey().why())
                        })
                        .toList());
    }

    private static @Nullable String name(@Nullable Withdrawal why) {
        return why == null ? null : why.name();
    }

    /** Entries first, by their key: beginning with the lists, of which there are few, a database reads all that stands in them. */
    Map<Long, StatusPlace> places(TenantId tenant, Collection<Long> awardIds) {
        Map<Long, StatusPlace> places = new HashMap<>();
        jdbc.sql("""
                SELECT e.award_id, l.public_id, l.public_url, l.kind, e.place FROM status_entry e
                STRAIGHT_JOIN status_list l ON l.tenant_id = e.tenant_id AND l.id = e.list_id
                WHERE e.tenant_id = :tenant AND e.past = 0 AND e.award_id IN (:awards)""").param("tenant", tenant.value()).param("awards", awardIds).query(row -> {
            places.put(
                    row.getLong("award_id"),
                    new StatusPlace(
                            UUID.fromString(row.getString("public_id")),
                            ListKind.valueOf(row.getString("kind")),
                            row.getInt("place"),
                            publicUrl(row)));
        });
        return places;
    }

    /** Places of these awards in lists of another address than this, but for those that a variant names already. */
    void forgetPlacesElsewhere(TenantId tenant, Collection<Long> awardIds, PublicUrl publicUrl) {
        jdbc.sql("""
                DELETE e FROM status_entry e
                JOIN status_list l ON l.tenant_id = e.tenant_id AND l.id = e.list_id
                WHERE e.tenant_id = :tenant AND e.past = 0 AND e.award_id IN (:awards) AND l.public_url <> :url
                    AND NOT EXISTS (
                        SELECT 1 FROM credential_saying s WHERE s.tenant_id = e.tenant_id AND s.award_id = e.award_id)""")
                .param("tenant", tenant.value())
                .param("awards", awardIds)
                .param("url", publicUrl.value().toString())
                .update();
    }

    Set<Integer> placesOfEndorsements(TenantId tenant, long listId) {
        return Set.copyOf(jdbc.sql("SELECT place FROM issued_endorsement WHERE tenant_id = ? AND list_id = ?")
                .params(tenant.value(), listId)
                .query(Integer.class)
                .list());
    }

    /** The lists in which these have a place. */
    List<Long> listsOf(TenantId tenant, Collection<Long> awardIds) {
        return jdbc.sql("""
                SELECT DISTINCT list_id FROM status_entry
                WHERE tenant_id = :tenant AND past = 0 AND award_id IN (:awards)
                ORDER BY list_id""")
                .param("tenant", tenant.value())
                .param("awards", awardIds)
                .query(Long.class)
                .list();
    }

    /** The newest list of each of these issuers that has one of this kind. */
    List<Long> newest(TenantId tenant, ListKind kind, Collection<Long> issuerIds) {
        return jdbc.sql("""
                SELECT MAX(id) FROM status_list
                WHERE tenant_id = :tenant AND issuer_id IN (:issuers) AND kind = :kind GROUP BY issuer_id""")
                .param("tenant", tenant.value())
                .param("issuers", issuerIds)
                .param("kind", kind.name())
                .query(Long.class)
                .list();
    }

    /** Locks them until the transaction ends, in the order of their numbers. */
    void lock(TenantId tenant, Collection<Long> listIds) {
        // An index that finds them otherwise would lock them in its own order, whatever they are sorted by then.
        jdbc.sql("""
                SELECT id FROM status_list FORCE INDEX (PRIMARY) WHERE tenant_id = :tenant AND id IN (:lists)
                ORDER BY id FOR UPDATE""")
                .param("tenant", tenant.value())
                .param("lists", listIds)
                .query(Long.class)
                .list();
    }

    /** Counts the lists up; whoever changes one of them waits until this transaction ends. */
    void touch(TenantId tenant, Collection<Long> listIds) {
        jdbc.sql("UPDATE status_list SET revision = revision + 1 WHERE tenant_id = :tenant AND id IN (:lists)")
                .param("tenant", tenant.value())
                .param("lists", listIds)
                .update();
    }

    void touchOf(TenantId tenant, long issuerId) {
        jdbc.sql("UPDATE status_list SET revision = revision + 1 WHERE tenant_id = ? AND issuer_id = ?")
                .params(tenant.value(), issuerId)
                .update();
    }

    /** What was not in force before keeps its time; what was suspended can leave for good, and what left for good stays so. */
    void withdraw(TenantId tenant, Collection<Long> awardIds, Withdrawal why, Instant since) {
        jdbc.sql("""
                UPDATE status_entry
                SET since = IFNULL(since, :since), reason = IF(IFNULL(reason, 'SUSPENDED') = 'SUSPENDED', :why, reason)
                WHERE tenant_id = :tenant AND past = 0 AND award_id IN (:awards)""")
                .param("since", Utc.of(since))
                .param("why", why.name())
                .param("tenant", tenant.value())
                .param("awards", awardIds)
                .update();
    }

    /** What was revoked stays so. */
    void reinstate(TenantId tenant, Collection<Long> awardIds) {
        jdbc.sql("""
                UPDATE status_entry SET since = NULL, reason = NULL
                WHERE tenant_id = :tenant AND past = 0 AND award_id IN (:awards) AND reason = 'SUSPENDED'""").param("tenant", tenant.value()).param("awards", awardIds).update();
        jdbc.sql("""
                DELETE l FROM status_lost l
                JOIN status_entry e ON e.tenant_id = l.tenant_id AND e.list_id = l.list_id AND e.place = l.place
                WHERE e.tenant_id = :tenant AND e.past = 0 AND e.award_id IN (:awards) AND l.reason = 'SUSPENDED'""").param("tenant", tenant.value()).param("awards", awardIds).update();
    }

    /** Its place is that of a credential of the past from now on. */
    void supersede(TenantId tenant, long awardId, int issue, Instant since) {
        jdbc.sql("""
                UPDATE status_entry
                SET since = IFNULL(since, ?), reason = IF(IFNULL(reason, 'SUSPENDED') = 'SUSPENDED', 'SUPERSEDED', reason), past = ?
                WHERE tenant_id = ? AND award_id = ? AND past = 0""").params(Utc.of(since), issue, tenant.value(), awardId).update();
    }

    /** Lists of which what was signed last is not what they say now. */
    List<Row> unsigned(TenantId tenant) {
        return jdbc.sql(LISTS
                        + "WHERE tenant_id = ? AND (signed_revision IS NULL OR signed_revision < revision) ORDER BY id")
                .params(tenant.value())
                .query(StatusListRepository::row)
                .list();
    }

    /** Tenants with lists that were changed and not signed. */
    List<TenantId> tenantsWithUnsigned() {
        return jdbc
                .sql(
                        "SELECT DISTINCT tenant_id FROM status_list WHERE signed_revision IS NULL OR signed_revision < revision")
                .query(Long.class)
                .list()
                .stream()
                .map(TenantId::new)
                .toList();
    }

    /** Everything in the list that is not in force, with the ids of the credentials where the list tells those. */
    List<StatusLists.Entry> withdrawn(TenantId tenant, Row list) {
        if (list.kind() == ListKind.ENDORSEMENTS) {
            return jdbc.sql("""
                    SELECT place, 'ENDED' AS reason FROM issued_endorsement
                    WHERE tenant_id = :tenant AND list_id = :list AND ended_at IS NOT NULL
                    UNION ALL SELECT place, reason FROM status_lost WHERE tenant_id = :tenant AND list_id = :list""")
                    .param("tenant", tenant.value())
                    .param("list", list.id())
                    .query((row, n) -> entry(row, null))
                    .list();
        }
        return list.kind() == ListKind.BITS
                ? jdbc.sql("""
                        SELECT place, reason FROM status_entry WHERE tenant_id = :tenant AND list_id = :list AND since IS NOT NULL
                        UNION ALL SELECT place, reason FROM status_lost WHERE tenant_id = :tenant AND list_id = :list""")
                        .param("tenant", tenant.value())
                        .param("list", list.id())
                        .query((row, n) -> entry(row, null))
                        .list()
                : jdbc.sql("""
                        SELECT e.place, e.reason, IFNULL(s.public_id, c.public_id) AS credential FROM status_entry e
                        LEFT JOIN credential c
                            ON c.tenant_id = e.tenant_id AND c.award_id = e.award_id AND e.past = 0
                        LEFT JOIN credential_superseded s
                            ON s.tenant_id = e.tenant_id AND s.award_id = e.award_id AND s.issue = e.past
                        WHERE e.tenant_id = :tenant AND e.list_id = :list AND e.since IS NOT NULL
                        UNION ALL SELECT place, reason, credential FROM status_lost
                        WHERE tenant_id = :tenant AND list_id = :list""")
                        .param("tenant", tenant.value())
                        .param("list", list.id())
                        .query((row, n) -> entry(row, row.getString("credential")))
                        .list();
    }

    private static StatusLists.Entry entry(ResultSet row, @Nullable String credential) throws SQLException {
        return new StatusLists.Entry(
                row.getInt("place"),
                credential == null ? null : UUID.fromString(credential),
                Withdrawal.valueOf(row.getString("reason")));
    }

    /** Never replaces what was signed for a later revision. */
    void storeSigned(TenantId tenant, long listId, long revision, StatusLists.Signed signed, Instant now) {
        jdbc.sql("""
                UPDATE status_list SET signed = ?, signed_suspensions = ?, signed_revision = ?, signed_at = ?
                WHERE tenant_id = ? AND id = ? AND (signed_revision IS NULL OR signed_revision < ?)""")
                .params(signed.list(), signed.suspensions(), revision, Utc.of(now), tenant.value(), listId, revision)
                .update();
    }

    Optional<SignedStatusList> signed(UUID publicId) {
        return jdbc.sql("""
                SELECT kind, signed, signed_suspensions, signed_revision, signed_at FROM status_list
                WHERE public_id = ? AND signed IS NOT NULL""")
                .params(publicId.toString())
                .query((row, n) -> new SignedStatusList(
                        ListKind.valueOf(row.getString("kind")),
                        row.getBytes("signed"),
                        row.getBytes("signed_suspensions"),
                        row.getLong("signed_revision"),
                        Utc.read(row, "signed_at")))
                .optional();
    }

    /** A list, whosever it is. */
    record Owned(TenantId tenant, Row list) {}

    /** Lists by their numbers, after this one. */
    List<Owned> after(long id, int limit) {
        return jdbc.sql(LISTS + "WHERE id > ? ORDER BY id LIMIT ?")
                .params(id, limit)
                .query((row, n) -> new Owned(new TenantId(row.getLong("tenant_id")), row(row, n)))
                .list();
    }

    /** As it stands now, locked until the transaction ends. */
    Row lock(TenantId tenant, long listId) {
        return jdbc.sql(LISTS + "WHERE tenant_id = ? AND id = ? FOR UPDATE")
                .params(tenant.value(), listId)
                .query(StatusListRepository::row)
                .single();
    }

    /** Remembers what was published as not in force, and nobody knows of any more. */
    void lose(TenantId tenant, long listId, Collection<StatusLists.Entry> lost, Instant now) {
        template.batchUpdate(
                """
                INSERT INTO status_lost (tenant_id, list_id, place, credential, reason, found_at) VALUES (?, ?, ?, ?, ?, ?)
                ON DUPLICATE KEY UPDATE reason = VALUES(reason)""",
                lost.stream()
                        .map(entry -> new @Nullable Object[] {
                            tenant.value(),
                            listId,
                            entry.place(),
                            entry.credential() == null
                                    ? null
                                    : entry.credential().toString(),
                            entry.why().name(),
                            Utc.of(now)
                        })
                        .toList());
    }

    /** Later than whatever was published, and full. */
    void leap(TenantId tenant, long listId, long published, int taken) {
        jdbc.sql("""
                UPDATE status_list SET revision = GREATEST(revision, ?) + 1, taken = ? WHERE tenant_id = ? AND id = ?""").params(published, taken, tenant.value(), listId).update();
    }

    private static Row row(ResultSet row, int n) throws SQLException {
        return new Row(
                row.getLong("id"),
                row.getLong("issuer_id"),
                ListKind.valueOf(row.getString("kind")),
                row.getInt("number"),
                UUID.fromString(row.getString("public_id")),
                row.getInt("taken"),
                row.getLong("revision"),
                row.getLong("signed"),
                Utc.readNullable(row, "signed_at"),
                publicUrl(row));
    }

    private static PublicUrl publicUrl(ResultSet row) throws SQLException {
        return new PublicUrl(URI.create(row.getString("public_url")));
    }
}
