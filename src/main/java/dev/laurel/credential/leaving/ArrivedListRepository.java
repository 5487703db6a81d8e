package dev.laurel.credential.leaving;

import dev.laurel.platform.sql.Utc;
import dev.laurel.platform.tenant.TenantId;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Rows of {@code arrived_status_list}. */
@Repository
class ArrivedListRepository {

    private static final String LOCATED = """
            SELECT l.tenant_id, l.issuer_id, i.did, l.list_id, l.revision, l.changed_at FROM arrived_status_list l
            JOIN arrived_issuer i ON i.tenant_id = l.tenant_id AND i.id = l.issuer_id
            """;

    private final JdbcClient jdbc;

    ArrivedListRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Which list, whoever's. */
    record Place(TenantId tenant, long issuerId, String did, UUID list) {

        /** The same on every node and after any restored backup, also one of before the issuer came here. */
        UUID key() {
            return UUID.nameUUIDFromBytes((tenant + " " + did + " " + list).getBytes(StandardCharsets.UTF_8));
        }
    }

    /**
     * What a list says.
     *
     * @param suspensions which of its places are suspended only
     * @param revision grows with each change here
     */
    record StatusList(byte[] signed, byte @Nullable [] suspensions, long revision) {

        StatusList at(long other) {
            return new StatusList(signed, suspensions, other);
        }
    }

    /**
     * How far a list is, without what it says.
     *
     * @param changedAt {@code null}: before that was written down
     */
    record Located(Place place, long revision, @Nullable Instant changedAt) {}

    /** A list as it stands there for verifiers. */
    record Served(Place place, StatusList list) {}

    /** As it stands now, locked until the transaction ends. */
    Optional<StatusList> lock(Place place) {
        return jdbc.sql("""
                SELECT signed, suspensions, revision FROM arrived_status_list
                WHERE tenant_id = ? AND issuer_id = ? AND list_id = ? FOR UPDATE""")
                .params(place.tenant().value(), place.issuerId(), place.list().toString())
                .query(ArrivedListRepository::list)
                .optional();
    }

    void put(Place place, StatusList what, Instant now) {
        jdbc.sql("""
                INSERT INTO arrived_status_list (tenant_id, issuer_id, list_id, signed, suspensions, revision, changed_at)
                VALUES (?, ?, ?, ?, ?, ?, ?)
                ON DUPLICATE KEY UPDATE signed = VALUES(signed), suspensions = VALUES(suspensions),
                    revision = VALUES(revision), changed_at = VALUES(changed_at)""")
                .params(
                        place.tenant().value(),
                        place.issuerId(),
                        place.list().toString(),
                        what.signed(),
                        what.suspensions(),
                        what.revision(),
                        Utc.of(now))
                .update();
    }

    /** Of every institution: a node looks after all of them. */
    List<Located> all() {
        return jdbc.sql(LOCATED).query(ArrivedListRepository::located).list();
    }

    /** By their ids. */
    List<Located> of(TenantId tenant, long issuerId) {
        return jdbc.sql(LOCATED + "WHERE l.tenant_id = ? AND l.issuer_id = ? ORDER BY l.list_id")
                .params(tenant.value(), issuerId)
                .query(ArrivedListRepository::located)
                .list();
    }

    /** For verifiers: the address is unguessable and names its tenant. */
    Optional<Served> find(UUID arrivalId, UUID list) {
        return jdbc.sql("""
                SELECT l.tenant_id, l.issuer_id, i.did, l.list_id, l.signed, l.suspensions, l.revision
                FROM arrived_status_list l JOIN arrived_issuer i ON i.tenant_id = l.tenant_id AND i.id = l.issuer_id
                WHERE i.arrival_id = ? AND l.list_id = ?""")
                .params(arrivalId.toString(), list.toString())
                .query((row, n) -> new Served(place(row), list(row, n)))
                .optional();
    }

    private static StatusList list(ResultSet row, int n) throws SQLException {
        return new StatusList(row.getBytes("signed"), row.getBytes("suspensions"), row.getLong("revision"));
    }

    private static Located located(ResultSet row, int n) throws SQLException {
        return new Located(place(row), row.getLong("revision"), Utc.readNullable(row, "changed_at"));
    }

    private static Place place(ResultSet row) throws SQLException {
        return new Place(
                new TenantId(row.getLong("tenant_id")),
                row.getLong("issuer_id"),
                row.getString("did"),
                UUID.fromString(row.getString("list_id")));
    }
}
