package dev.laurel.context;

import dev.laurel.platform.sql.Utc;
import dev.laurel.platform.tenant.TenantId;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Rows of {@code platform_user}: under which id each host of a platform knows people. */
@Repository
class PlatformUserRepository {

    private final JdbcClient jdbc;

    private final JdbcTemplate batch;

    PlatformUserRepository(JdbcClient jdbc, JdbcTemplate batch) {
        this.jdbc = jdbc;
        this.batch = batch;
    }

    /** The platform's own id of a person. */
    record Told(long personId, byte[] hash, byte[] sealed) {}

    void save(TenantId tenant, long registrationId, String host, Collection<Told> users, Instant at) {
        batch.batchUpdate(
                """
                INSERT INTO platform_user (tenant_id, registration_id, host, person_id, user_hash, user_sealed, told_at)
                VALUES (?, ?, ?, ?, ?, ?, ?)
                ON DUPLICATE KEY UPDATE user_hash = VALUES(user_hash), user_sealed = VALUES(user_sealed),
                    told_at = VALUES(told_at)""",
                users.stream()
                        .map(user -> new Object[] {
                            tenant.value(),
                            registrationId,
                            host,
                            user.personId(),
                            user.hash(),
                            user.sealed(),
                            Utc.of(at)
                        })
                        .toList());
    }

    /** Those who are or were in the course; where the platform made several of them one, who is there now, else the newest. */
    Map<ByteBuffer, Long> persons(
            TenantId tenant, long registrationId, String host, long contextId, Collection<byte[]> hashes) {
        Map<ByteBuffer, Long> found = new HashMap<>();
        if (hashes.isEmpty()) {
            return found;
        }
        jdbc.sql("""
                SELECT u.user_hash, u.person_id FROM platform_user u
                JOIN membership m
                    ON m.tenant_id = u.tenant_id AND m.context_id = :context AND m.person_id = u.person_id
                JOIN person p ON p.tenant_id = u.tenant_id AND p.id = u.person_id
                WHERE u.tenant_id = :tenant AND u.registration_id = :registration AND u.host = :host
                    AND u.user_hash IN (:hashes)
                ORDER BY m.active, p.created_at""")
                .param("tenant", tenant.value())
                .param("registration", registrationId)
                .param("host", host)
                .param("context", contextId)
                .param("hashes", hashes)
                .query(row -> {
                    found.put(ByteBuffer.wrap(row.getBytes("user_hash")), row.getLong("person_id"));
                });
        return found;
    }

    /** Persons of each of these ids. */
    Collection<Set<Long>> same(TenantId tenant, long registrationId, String host, Collection<byte[]> hashes) {
        Map<ByteBuffer, Set<Long>> found = new HashMap<>();
        if (!hashes.isEmpty()) {
            jdbc.sql("""
                    SELECT user_hash, person_id FROM platform_user
                    WHERE tenant_id = :tenant AND registration_id = :registration AND host = :host
                        AND user_hash IN (:hashes)""")
                    .param("tenant", tenant.value())
                    .param("registration", registrationId)
                    .param("host", host)
                    .param("hashes", hashes)
                    .query(row -> {
                        found.computeIfAbsent(ByteBuffer.wrap(row.getBytes("user_hash")), hash -> new TreeSet<>())
                                .add(row.getLong("person_id"));
                    });
        }
        return found.values();
    }

    /** The hash of the id of each of these people by the host, those told in no course left out. */
    Map<Long, Map<String, ByteBuffer>> byHost(TenantId tenant, long registrationId, Collection<Long> personIds) {
        Map<Long, Map<String, ByteBuffer>> found = new HashMap<>();
        if (!personIds.isEmpty()) {
            jdbc.sql("""
                    SELECT person_id, host, user_hash FROM platform_user
                    WHERE tenant_id = :tenant AND registration_id = :registration AND person_id IN (:ids)
                        AND host <> ''""")
                    .param("tenant", tenant.value())
                    .param("registration", registrationId)
                    .param("ids", personIds)
                    .query(row -> {
                        found.computeIfAbsent(row.getLong("person_id"), person -> new HashMap<>())
                                .put(row.getString("host"), ByteBuffer.wrap(row.getBytes("user_hash")));
                    });
        }
        return found;
    }

    /** @param host {@code null}: of every one */
    List<PeopleRepository.SealedSub> sealed(
            TenantId tenant, long registrationId, @Nullable String host, Collection<Long> personIds) {
        if (personIds.isEmpty()) {
            return List.of();
        }
        return jdbc.sql("""
                SELECT u.person_id, p.wrapped_key, u.user_sealed
                FROM platform_user u JOIN person p ON p.tenant_id = u.tenant_id AND p.id = u.person_id
                WHERE u.tenant_id = :tenant AND u.person_id IN (:ids) AND u.registration_id = :registration
                    AND (:host IS NULL OR u.host = :host) AND p.wrapped_key IS NOT NULL
                ORDER BY u.told_at""")
                .param("tenant", tenant.value())
                .param("ids", personIds)
                .param("registration", registrationId)
                .param("host", host)
                .query((row, n) -> new PeopleRepository.SealedSub(
                        row.getLong("person_id"), row.getBytes("wrapped_key"), row.getBytes("user_sealed")))
                .list();
    }
}
