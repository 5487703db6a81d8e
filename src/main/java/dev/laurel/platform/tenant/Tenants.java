package dev.laurel.platform.tenant;

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
}
