package dev.laurel.context.copy;

import dev.laurel.platform.sql.Utc;
import dev.laurel.platform.sql.Varchar;
import dev.laurel.platform.tenant.TenantId;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Table {@code notice_handler}. */
@Repository
class NoticeHandlerRepository {

    private static final int LONGEST_PROBLEM = 500;

    private final JdbcClient jdbc;

    NoticeHandlerRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** A handler that the platform does not know yet. */
    record Open(long registrationId, URI serviceUrl, String handler) {}

    void asked(TenantId tenant, long deploymentPk, long registrationId, URI serviceUrl, String handler, Instant at) {
        jdbc.sql("""
                INSERT INTO notice_handler
                    (tenant_id, deployment_pk, registration_id, service_url, handler, asked_at)
                VALUES (?, ?, ?, ?, ?, ?)
                ON DUPLICATE KEY UPDATE service_url = VALUES(service_url), handler = VALUES(handler),
                    asked_at = VALUES(asked_at), registered_at = NULL, problem = NULL""")
                .params(tenant.value(), deploymentPk, registrationId, serviceUrl.toString(), handler, Utc.of(at))
                .update();
    }

    Optional<Open> open(TenantId tenant, long deploymentPk) {
        return jdbc.sql("""
                SELECT * FROM notice_handler
                WHERE tenant_id = ? AND deployment_pk = ? AND registered_at IS NULL""")
                .params(tenant.value(), deploymentPk)
                .query((row, n) -> new Open(
                        row.getLong("registration_id"),
                        URI.create(row.getString("service_url")),
                        row.getString("handler")))
                .optional();
    }

    void registered(TenantId tenant, long deploymentPk, Instant at) {
        jdbc.sql(
                        "UPDATE notice_handler SET registered_at = ?, problem = NULL WHERE tenant_id = ? AND deployment_pk = ?")
                .params(Utc.of(at), tenant.value(), deploymentPk)
                .update();
    }

    void refused(TenantId tenant, long deploymentPk, String problem) {
        jdbc.sql("UPDATE notice_handler SET problem = ? WHERE tenant_id = ? AND deployment_pk = ?")
                .params(Varchar.fit(problem, LONGEST_PROBLEM), tenant.value(), deploymentPk)
                .update();
    }
}
