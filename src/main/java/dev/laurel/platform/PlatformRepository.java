package dev.laurel.platform;

import dev.laurel.platform.secrets.Sha256;
import dev.laurel.platform.sql.Utc;
import dev.laurel.platform.tenant.TenantId;
import dev.laurel.platform.tool.LtiMessage;
import java.net.URI;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** Tables {@code registration}, {@code deployment} and {@code tenant}. */
@Repository
class PlatformRepository {

    private final JdbcClient jdbc;

    private final Clock clock;

    PlatformRepository(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    List<Registration> registrations() {
        return jdbc.sql("SELECT * FROM registration ORDER BY id")
                .query(PlatformRepository::registration)
                .list();
    }

    void upsert(RegistrationEntry entry, boolean fromFile) {
        jdbc.sql("""
                INSERT INTO registration (key_hash, issuer, client_id, name, auth_uri, token_uri, token_audience, jwks_uri,
                    frame_origin, tells_assistants, poll_seconds, messages, test_copy, from_file, active, created_at,
                    updated_at)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, COALESCE(?, FALSE), ?, true, ?, ?)
                ON DUPLICATE KEY UPDATE name = VALUES(name), auth_uri = VALUES(auth_uri), token_uri = VALUES(token_uri),
                    token_audience = VALUES(token_audience), jwks_uri = VALUES(jwks_uri),
                    frame_origin = VALUES(frame_origin), tells_assistants = VALUES(tells_assistants),
                    poll_seconds = VALUES(poll_seconds), messages = VALUES(messages),
                    test_copy = COALESCE(?, test_copy), from_file = VALUES(from_file), active = true,
                    updated_at = VALUES(updated_at)""")
                .param(keyHash(entry.issuer(), entry.clientId()))
                .param(entry.issuer())
                .param(entry.clientId())
                .param(entry.name())
                .param(entry.authorizationEndpoint().toString())
                .param(entry.tokenEndpoint().toString())
                .param(entry.tokenAudience())
                .param(entry.jwksUri().toString())
                .param(entry.frameOrigins())
                .param(entry.tellsAssistants() == null || entry.tellsAssistants())
                .param(entry.pollSeconds())
                .param(
                        entry.messages() == null
                                ? null
                                : entry.messages().stream()
                                        .map(LtiMessage::type)
                                        .sorted()
                                        .collect(Collectors.joining(" ")))
                .param(entry.testCopy())
                .param(fromFile)
                .param(now())
                .param(now())
                .param(entry.testCopy())
                .update();
    }

    Optional<Registration> registration(String issuer, String clientId) {
        return jdbc.sql("SELECT * FROM registration WHERE key_hash = ?")
                .param(keyHash(issuer, clientId))
                .query(PlatformRepository::registration)
                .optional();
    }

    /** The platform knows us by another client id now. */
    void rekey(long registrationId, String issuer, String clientId) {
        jdbc.sql("UPDATE registration SET key_hash = ?, issuer = ?, client_id = ?, updated_at = ? WHERE id = ?")
                .params(keyHash(issuer, clientId), issuer, clientId, now(), registrationId)
                .update();
    }

    void setActive(long registrationId, boolean active) {
        jdbc.sql("UPDATE registration SET active = ?, updated_at = ? WHERE id = ? AND from_file = false")
                .params(active, now(), registrationId)
                .update();
    }

    void setTestCopy(long registrationId, boolean testCopy) {
        jdbc.sql("UPDATE registration SET test_copy = ?, updated_at = ? WHERE id = ? AND from_file = false")
                .params(testCopy, now(), registrationId)
                .update();
    }

    void setNamesHistory(long registrationId) {
        jdbc.sql("UPDATE registration SET names_history = true WHERE id = ? AND names_history = false")
                .param(registrationId)
                .update();
    }

    boolean isNamingHistory(long registrationId) {
        return jdbc.sql("SELECT names_history FROM registration WHERE id = ?")
                .param(registrationId)
                .query(Boolean.class)
                .optional()
                .orElse(false);
    }

    List<Deployment> deployments() {
        return jdbc.sql("SELECT * FROM deployment ORDER BY status = 'PENDING' DESC, first_seen_at DESC, id DESC")
                .query(PlatformRepository::deployment)
                .list();
    }

    List<Deployment> deploymentsOf(long registrationId) {
        return jdbc.sql("SELECT * FROM deployment WHERE registration_id = ?")
                .param(registrationId)
                .query(PlatformRepository::deployment)
                .list();
    }

    /** No launch comes from any of them any more; what only waited is forgotten. */
    void leaveBehind(long registrationId) {
        jdbc.sql("DELETE FROM deployment WHERE registration_id = ? AND status = 'PENDING' AND tenant_id IS NULL")
                .param(registrationId)
                .update();
        jdbc.sql("UPDATE deployment SET left_behind = TRUE WHERE registration_id = ?")
                .param(registrationId)
                .update();
    }

    /** The platform knows the deployment by another id now. What waited under that id is this one. */
    @Transactional
    void rename(Deployment deployment, String deploymentId) {
        jdbc.sql("DELETE FROM deployment WHERE registration_id = ? AND deployment_hash = ? AND status = 'PENDING'"
                        + " AND tenant_id IS NULL")
                .params(deployment.registrationId(), Sha256.of(deploymentId))
                .update();
        jdbc.sql("UPDATE deployment SET deployment_hash = ?, deployment_id = ?, left_behind = FALSE WHERE id = ?")
                .params(Sha256.of(deploymentId), deploymentId, deployment.pk())
                .update();
    }

    /** Until the transaction ends. */
    void lock(long onePk, long otherPk) {
        jdbc.sql("SELECT id FROM deployment WHERE id IN (?, ?) ORDER BY id FOR UPDATE")
                .params(onePk, otherPk)
                .query(Long.class)
                .list();
    }

    /** A launch came from a deployment that may launch. */
    void launched(long deploymentPk, Instant notSince) {
        jdbc.sql("UPDATE deployment SET last_seen_at = ?, left_behind = FALSE WHERE id = ? AND status = 'ACTIVE'"
                        + " AND (last_seen_at IS NULL OR last_seen_at <= ? OR left_behind)")
                .params(now(), deploymentPk, Utc.of(notSince))
                .update();
    }

    /** The next launch of each is to be put down, however little later it comes than the last that was. */
    void expectLaunches(long registrationId, Instant notSince, Duration every) {
        jdbc.sql("UPDATE deployment SET last_seen_at = last_seen_at - INTERVAL ? SECOND"
                        + " WHERE registration_id = ? AND status = 'ACTIVE' AND last_seen_at > ?")
                .params(every.toSeconds(), registrationId, Utc.of(notSince))
                .update();
    }

    Set<Long> suspended() {
        return Set.copyOf(jdbc.sql("SELECT id FROM deployment WHERE status = 'DISABLED'")
                .query(Long.class)
                .list());
    }

    Optional<Deployment> deployment(long pk) {
        return jdbc.sql("SELECT * FROM deployment WHERE id = ?")
                .param(pk)
                .query(PlatformRepository::deployment)
                .optional();
    }

    Optional<Deployment> deployment(long registrationId, String deploymentId) {
        return jdbc.sql("SELECT * FROM deployment WHERE registration_id = ? AND deployment_hash = ?")
                .params(registrationId, Sha256.of(deploymentId))
                .query(PlatformRepository::deployment)
                .optional();
    }

    int pending(long registrationId) {
        return jdbc.sql("SELECT COUNT(*) FROM deployment WHERE registration_id = ? AND status = 'PENDING'")
                .param(registrationId)
                .query(Integer.class)
                .single();
    }

    /** Records a deployment that nobody approved yet; one that is known stays as it is. */
    void recordPending(long registrationId, String deploymentId) {
        jdbc.sql("""
                INSERT INTO deployment (registration_id, deployment_hash, deployment_id, tenant_id, status, first_seen_at)
                VALUES (?, ?, ?, NULL, 'PENDING', ?)
                ON DUPLICATE KEY UPDATE deployment_hash = VALUES(deployment_hash)""")
                .params(registrationId, Sha256.of(deploymentId), deploymentId, now())
                .update();
    }

    /** Counts a launch from a deployment that waits, and keeps what it says of where it is. */
    void knocked(long deploymentPk, Deployment.Seen seen) {
        jdbc.sql(
                        "UPDATE deployment SET platform_name = ?, platform_guid = ?, course_title = ?, attempts = attempts + 1,"
                                + " last_seen_at = ? WHERE id = ? AND status = 'PENDING'")
                .params(seen.platformName(), seen.platformGuid(), seen.courseTitle(), now(), deploymentPk)
                .update();
    }

    void setGuid(long deploymentPk, String guid) {
        jdbc.sql("UPDATE deployment SET platform_guid = ? WHERE id = ? AND platform_guid IS NULL")
                .params(guid, deploymentPk)
                .update();
    }

    /** Lets a deployment launch for its tenant. One that has a tenant keeps it. */
    void activate(long deploymentPk, TenantId tenant) {
        jdbc.sql("UPDATE deployment SET status = 'ACTIVE', tenant_id = COALESCE(tenant_id, ?) WHERE id = ?")
                .params(tenant.value(), deploymentPk)
                .update();
    }

    void disable(long deploymentPk) {
        jdbc.sql("UPDATE deployment SET status = 'DISABLED' WHERE id = ?")
                .param(deploymentPk)
                .update();
    }

    List<Tenant> tenants() {
        return jdbc.sql("SELECT id, name FROM tenant ORDER BY name")
                .query((row, n) -> new Tenant(new TenantId(row.getLong("id")), row.getString("name")))
                .list();
    }

    Optional<String> tenantName(TenantId tenant) {
        return jdbc.sql("SELECT name FROM tenant WHERE id = ?")
                .param(tenant.value())
                .query(String.class)
                .optional();
    }

    /** The tenant of this name, byte for byte; created where there is none. */
    TenantId tenant(String name) {
        jdbc.sql("INSERT INTO tenant (name, name_hash, created_at) VALUES (?, ?, ?)"
                        + " ON DUPLICATE KEY UPDATE name_hash = VALUES(name_hash)")
                .params(name, Sha256.of(name), now())
                .update();
        return new TenantId(jdbc.sql("SELECT id FROM tenant WHERE name_hash = ?")
                .param(Sha256.of(name))
                .query(Long.class)
                .single());
    }

    private LocalDateTime now() {
        return Utc.of(clock.instant());
    }

    static byte[] keyHash(String issuer, String clientId) {
        return Sha256.of(issuer + '\0' + clientId);
    }

    private static Registration registration(ResultSet row, int n) throws SQLException {
        return new Registration(
                row.getLong("id"),
                row.getString("issuer"),
                row.getString("client_id"),
                row.getString("name"),
                URI.create(row.getString("auth_uri")),
                URI.create(row.getString("token_uri")),
                row.getString("token_audience"),
                URI.create(row.getString("jwks_uri")),
                row.getString("frame_origin"),
                row.getBoolean("tells_assistants"),
                row.getObject("poll_seconds", Integer.class),
                messages(row.getString("messages")),
                row.getBoolean("test_copy"),
                row.getBoolean("from_file"),
                row.getBoolean("active"));
    }

    private static Set<LtiMessage> messages(@Nullable String types) {
        return types == null
                ? RegistrationEntry.USUAL_MESSAGES
                : Stream.of(types.split(" "))
                        .map(LtiMessage::of)
                        .flatMap(Optional::stream)
                        .collect(Collectors.toUnmodifiableSet());
    }

    private static Deployment deployment(ResultSet row, int n) throws SQLException {
        @Nullable Long tenant = row.getObject("tenant_id", Long.class);
        return new Deployment(
                row.getLong("id"),
                row.getLong("registration_id"),
                row.getString("deployment_id"),
                tenant == null ? null : new TenantId(tenant),
                Deployment.Status.valueOf(row.getString("status")),
                Utc.read(row, "first_seen_at"),
                row.getBoolean("left_behind"),
                new Deployment.Seen(
                        row.getString("platform_name"),
                        row.getString("platform_guid"),
                        row.getString("course_title"),
                        row.getInt("attempts"),
                        Utc.readNullable(row, "last_seen_at")));
    }
}
