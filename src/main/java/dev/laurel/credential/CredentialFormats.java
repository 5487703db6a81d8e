package dev.laurel.credential;

import dev.laurel.platform.sql.Utc;
import dev.laurel.platform.tenant.TenantId;
import java.time.Clock;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The institutions' choices of how credentials are written (table {@code credential_format}). */
@Repository
public class CredentialFormats {

    private final JdbcClient jdbc;

    private final Clock clock;

    CredentialFormats(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    public CredentialFormat of(TenantId tenant) {
        return jdbc.sql("SELECT jwt_algorithm, status_kind FROM credential_format WHERE tenant_id = ?")
                .param(tenant.value())
                .query((row, n) -> new CredentialFormat(
                        CredentialFormat.Jwt.valueOf(row.getString("jwt_algorithm")),
                        CredentialFormat.Status.valueOf(row.getString("status_kind"))))
                .optional()
                .orElse(CredentialFormat.USUAL);
    }

    /** From now on credentials of this institution are written so. */
    public void choose(TenantId tenant, CredentialFormat format, long byPerson) {
        jdbc.sql("""
                INSERT INTO credential_format (tenant_id, jwt_algorithm, status_kind, changed_by, changed_at)
                VALUES (?, ?, ?, ?, ?)
                ON DUPLICATE KEY UPDATE jwt_algorithm = VALUES(jwt_algorithm), status_kind = VALUES(status_kind),
                    changed_by = VALUES(changed_by), changed_at = VALUES(changed_at)""")
                .params(tenant.value(), format.jwt().name(), format.status().name(), byPerson, Utc.of(clock.instant()))
                .update();
    }
}
