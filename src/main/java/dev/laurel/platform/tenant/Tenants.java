package dev.laurel.platform.tenant;

import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What every module may know of an institution: its name. */
@Component
public class Tenants {

    private final JdbcClient jdbc;

    Tenants(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The name that the institution goes by; empty where there is no such tenant. */
    public String name(TenantId tenant) {
        return jdbc.sql("SELECT name FROM tenant WHERE id = ?")
                .param(tenant.value())
                .query(String.class)
                .optional()
                .orElse("");
    }

    /** The institution of an installation that has just one. */
    public Optional<TenantId> only() {
        List<Long> some =
                jdbc.sql("SELECT id FROM tenant LIMIT 2").query(Long.class).list();
        return some.size() == 1 ? Optional.of(new TenantId(some.get(0))) : Optional.empty();
    }
}
