package dev.laurel.gradebook.event;

import dev.laurel.platform.secrets.MasterKey;
import dev.laurel.platform.secrets.Sha256;
import dev.laurel.platform.secrets.Token;
import dev.laurel.platform.sql.Utc;
import dev.laurel.platform.tenant.TenantId;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Addresses under which platforms send events, one for each. Table {@code event_channel}. */
@Component
public class EventChannels {

    private static final String PURPOSE = "event-channel";

    private final JdbcClient jdbc;

    private final MasterKey masterKey;

    private final Clock clock;

    EventChannels(JdbcClient jdbc, MasterKey masterKey, Clock clock) {
        this.jdbc = jdbc;
        this.masterKey = masterKey;
        this.clock = clock;
    }

    /**
     * What a platform needs to send events; shown once.
     *
     * @param path the secret part of the address
     * @param secret with which a webhook signs
     */
    public record Keys(String path, String secret) {}

    /** Whose events come under an address. */
    record Channel(TenantId tenant, long registrationId, String secret) {}

    /** Opens the channel of a platform; one that was open before is closed by it. */
    public Keys open(TenantId tenant, long registrationId, long byPerson) {
        Keys keys = new Keys(Token.next(), Token.next());
        jdbc.sql("""
                INSERT INTO event_channel (tenant_id, registration_id, path_hash, secret_sealed, added_by, added_at)
                VALUES (?, ?, ?, ?, ?, ?)
                ON DUPLICATE KEY UPDATE path_hash = VALUES(path_hash), secret_sealed = VALUES(secret_sealed),
                    added_by = VALUES(added_by), added_at = VALUES(added_at)""")
                .params(
                        tenant.value(),
                        registrationId,
                        Sha256.of(keys.path()),
                        masterKey.seal(PURPOSE, keys.secret().getBytes(StandardCharsets.UTF_8)),
                        byPerson,
                        Utc.of(clock.instant()))
                .update();
        return keys;
    }

    /** Answers whether it was open. */
    public boolean close(TenantId tenant, long registrationId) {
        return jdbc.sql("DELETE FROM event_channel WHERE tenant_id = ? AND registration_id = ?")
                        .params(tenant.value(), registrationId)
                        .update()
                > 0;
    }

    /** Since when each platform has a channel, UTC. */
    public Map<Long, Instant> ofTenant(TenantId tenant) {
        Map<Long, Instant> open = new TreeMap<>();
        jdbc.sql("SELECT registration_id, added_at FROM event_channel WHERE tenant_id = ?")
                .param(tenant.value())
                .query(row -> {
                    open.put(row.getLong("registration_id"), Utc.read(row, "added_at"));
                });
        return open;
    }

    Optional<Channel> find(String path) {
        return jdbc.sql("SELECT tenant_id, registration_id, secret_sealed FROM event_channel WHERE path_hash = ?")
                .param(Sha256.of(path))
                .query((row, n) -> new Channel(
                        new TenantId(row.getLong("tenant_id")),
                        row.getLong("registration_id"),
                        new String(masterKey.open(PURPOSE, row.getBytes("secret_sealed")), StandardCharsets.UTF_8)))
                .optional();
    }
}
