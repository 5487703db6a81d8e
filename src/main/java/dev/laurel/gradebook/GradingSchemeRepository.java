package dev.laurel.gradebook;

import dev.laurel.platform.tenant.TenantId;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The grading scheme of each course that has one. */
@Repository
class GradingSchemeRepository {

    private final JdbcClient jdbc;

    private final JdbcTemplate batch;

    GradingSchemeRepository(JdbcClient jdbc, JdbcTemplate batch) {
        this.jdbc = jdbc;
        this.batch = batch;
    }

    Optional<GradingScheme> find(TenantId tenant, long contextId) {
        List<GradingScheme.Step> steps = jdbc.sql("""
                        SELECT letter, from_percent FROM grading_scheme
                        WHERE tenant_id = ? AND context_id = ? ORDER BY place""")
                .params(tenant.value(), contextId)
                .query((row, n) -> new GradingScheme.Step(row.getString("letter"), row.getBigDecimal("from_percent")))
                .list();
        return steps.isEmpty() ? Optional.empty() : Optional.of(new GradingScheme(steps));
    }

    void save(TenantId tenant, long contextId, GradingScheme scheme) {
        jdbc.sql("DELETE FROM grading_scheme WHERE tenant_id = ? AND context_id = ?")
                .params(tenant.value(), contextId)
                .update();
        batch.batchUpdate(
                "INSERT INTO grading_scheme (tenant_id, context_id, place, letter, from_percent) VALUES (?, ?, ?, ?, ?)",
                IntStream.range(0, scheme.steps().size())
                        .mapToObj(place -> new Object[] {
                            tenant.value(),
                            contextId,
                            place,
                            scheme.steps().get(place).letter(),
                            scheme.steps().get(place).fromPercent()
                        })
                        .toList());
    }
}
