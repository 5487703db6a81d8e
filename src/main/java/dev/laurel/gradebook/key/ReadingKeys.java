package dev.laurel.gradebook.key;

import dev.laurel.platform.secrets.MasterKey;
import dev.laurel.platform.sql.Utc;
import dev.laurel.platform.tenant.TenantId;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Rows of {@code reading_key}: at most one key for each platform and source. Secrets are sealed under the master key. */
@Repository
public class ReadingKeys {

    private static final String PURPOSE = "reading-key";

    private final JdbcClient jdbc;

    private final MasterKey masterKey;

    ReadingKeys(JdbcClient jdbc, MasterKey masterKey) {
        this.jdbc = jdbc;
        this.masterKey = masterKey;
    }

    public Optional<ReadingKey> find(TenantId tenant, long registrationId, String source) {
        return jdbc.sql("SELECT * FROM reading_key WHERE tenant_id = ? AND registration_id = ? AND source = ?")
                .params(tenant.value(), registrationId, source)
                .query((row, n) -> new ReadingKey(
                        URI.create(row.getString("address")),
                        row.getString("client_id"),
                        new String(masterKey.open(PURPOSE, row.getBytes("secret_sealed")), StandardCharsets.UTF_8),
                        words(row.getString("capabilities")),
                        row.getLong("added_by"),
                        Utc.read(row, "added_at")))
                .optional();
    }

    /** Adds the key, or puts it in the place of the one that was there. */
    public void save(TenantId tenant, long registrationId, String source, ReadingKey key) {
        jdbc.sql("""
                INSERT INTO reading_key (tenant_id, registration_id, source, address, client_id, secret_sealed, capabilities,
                    added_by, added_at)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
                ON DUPLICATE KEY UPDATE address = VALUES(address), client_id = VALUES(client_id),
                    secret_sealed = VALUES(secret_sealed), capabilities = VALUES(capabilities), added_by = VALUES(added_by),
                    added_at = VALUES(added_at)""")
                .params(
                        tenant.value(),
                        registrationId,
                        source,
                        key.address().toString(),
                        key.clientId(),
                        masterKey.seal(PURPOSE, key.secret().getBytes(StandardCharsets.UTF_8)),
                        String.join(",", new TreeSet<>(key.capabilities())),
                        key.addedBy(),
                        Utc.of(key.addedAt()))
                .update();
    }

    /** Answers whether there was one. */
    public boolean remove(TenantId tenant, long registrationId, String source) {
        return jdbc.sql("DELETE FROM reading_key WHERE tenant_id = ? AND registration_id = ? AND source = ?")
                        .params(tenant.value(), registrationId, source)
                        .update()
                > 0;
    }

    private static Set<String> words(String list) {
        return list.isEmpty() ? Set.of() : Set.of(list.split(","));
    }
}
