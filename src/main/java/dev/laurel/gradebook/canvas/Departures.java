package dev.laurel.gradebook.canvas;

import dev.laurel.platform.sql.Utc;
import dev.laurel.platform.tenant.TenantId;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Rows of {@code reading_departure}: people on the way to Canvas, who come back once and in the same browser. */
@Repository
class Departures {

    static final Duration LIFE = Duration.ofMinutes(10);

    private final JdbcClient jdbc;

    Departures(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Who left for where, and what for. */
    record Departure(
            TenantId tenant,
            long launchId,
            long registrationId,
            long contextId,
            URI address,
            String clientId,
            Set<CanvasCapability> capabilities) {}

    void add(byte[] stateHash, byte[] browserHash, Departure departure, Instant now) {
        jdbc.sql("DELETE FROM reading_departure WHERE left_at < ?")
                .param(Utc.of(now.minus(LIFE)))
                .update();
        jdbc.sql("""
                INSERT INTO reading_departure (state_hash, browser_hash, tenant_id, launch_id, registration_id, context_id,
                    address, client_id, capabilities, left_at)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""")
                .params(
                        stateHash,
                        browserHash,
                        departure.tenant().value(),
                        departure.launchId(),
                        departure.registrationId(),
                        departure.contextId(),
                        departure.address().toString(),
                        departure.clientId(),
                        CanvasCapability.list(departure.capabilities()),
                        Utc.of(now))
                .update();
    }

    /** Takes it away: it never serves again, on any number of nodes, nor another browser. */
    Optional<Departure> use(byte[] stateHash, byte[] browserHash, Instant now) {
        return jdbc.sql("SELECT * FROM reading_departure WHERE state_hash = ? AND browser_hash = ? AND left_at > ?")
                .params(stateHash, browserHash, Utc.of(now.minus(LIFE)))
                .query((row, n) -> new Departure(
                        new TenantId(row.getLong("tenant_id")),
                        row.getLong("launch_id"),
                        row.getLong("registration_id"),
                        row.getLong("context_id"),
                        URI.create(row.getString("address")),
                        row.getString("client_id"),
                        CanvasCapability.ofList(row.getString("capabilities"))))
                .optional()
                .filter(found -> jdbc.sql("DELETE FROM reading_departure WHERE state_hash = ?")
                                .param(stateHash)
                                .update()
                        == 1);
    }
}
