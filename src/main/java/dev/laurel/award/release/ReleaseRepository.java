package dev.laurel.award.release;

import dev.laurel.award.Award;
import dev.laurel.platform.sql.MassUpdate;
import dev.laurel.platform.sql.Utc;
import dev.laurel.platform.tenant.TenantId;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Awards between decision and release. */
@Repository
class ReleaseRepository {

    private static final MassUpdate SUPERSEDE =
            new MassUpdate("award", List.of("superseded_by", "revoked_at", "remind_at"), "revoked_at IS NULL");

    private static final MassUpdate RELEASE_AT = new MassUpdate("award", List.of("release_at"), "released_at IS NULL");

    private final JdbcClient jdbc;

    private final JdbcTemplate batch;

    ReleaseRepository(JdbcClient jdbc, JdbcTemplate batch) {
        this.jdbc = jdbc;
        this.batch = batch;
    }

    /** Rule sets with something that is due. */
    List<Long> dueRuleSets(TenantId tenant, Instant now) {
        return jdbc.sql("""
                        SELECT DISTINCT rule_set_id FROM award
                        WHERE tenant_id = ? AND released_at IS NULL AND waits_for IS NULL AND release_at <= ?""")
                .params(tenant.value(), Utc.of(now))
                .query(Long.class)
                .list();
    }

    /** Locks what is due of these rule sets; another node's are skipped. */
    List<Long> lockDue(TenantId tenant, Collection<Long> ruleSetIds, Instant now, int limit) {
        return jdbc.sql("""
                        SELECT id FROM award
                        WHERE tenant_id = :tenant AND released_at IS NULL AND waits_for IS NULL AND release_at <= :now
                            AND rule_set_id IN (:ruleSets)
                        ORDER BY release_at, id LIMIT :limit FOR UPDATE SKIP LOCKED""")
                .param("tenant", tenant.value())
                .param("now", Utc.of(now))
                .param("ruleSets", ruleSetIds)
                .param("limit", limit)
                .query(Long.class)
                .list();
    }

    /** Locks those of these that are due. */
    List<Long> lockDue(TenantId tenant, Collection<Long> awardIds, Instant now) {
        return jdbc.sql("""
                        SELECT id FROM award
                        WHERE tenant_id = :tenant AND id IN (:ids) AND released_at IS NULL AND waits_for IS NULL
                            AND release_at <= :now ORDER BY id FOR UPDATE""")
                .param("tenant", tenant.value())
                .param("ids", awardIds)
                .param("now", Utc.of(now))
                .query(Long.class)
                .list();
    }

    void release(TenantId tenant, Collection<Long> awardIds, Instant now) {
        jdbc.sql("""
                UPDATE award SET released_at = :now
                WHERE tenant_id = :tenant AND id IN (:ids) AND released_at IS NULL""")
                .param("now", Utc.of(now))
                .param("tenant", tenant.value())
                .param("ids", awardIds)
                .update();
    }

    Optional<Instant> next(TenantId tenant, Instant after) {
        return jdbc.sql("""
                SELECT MIN(release_at) AS due FROM award
                WHERE tenant_id = ? AND released_at IS NULL AND waits_for IS NULL AND release_at > ?""")
                .params(tenant.value(), Utc.of(after))
                .query((row, n) -> Optional.ofNullable(Utc.readNullable(row, "due")))
                .single();
    }

    /** Tenants with awards that are overdue, for the sweep, which knows no tenant. */
    List<TenantId> overdue(Instant since) {
        return jdbc.sql("""
                SELECT DISTINCT tenant_id FROM award
                WHERE released_at IS NULL AND waits_for IS NULL AND release_at < ?""")
                .params(Utc.of(since))
                .query((row, n) -> new TenantId(row.getLong("tenant_id")))
                .list();
    }

    /** Unreleased awards of a rule set that wait for this, samples included, oldest first. */
    List<Long> waiting(TenantId tenant, long ruleSetId, Award.Wait wait) {
        return waiting(tenant, ruleSetId, wait, "");
    }

    /** The same, locked. */
    List<Long> lockWaiting(TenantId tenant, long ruleSetId, Award.Wait wait) {
        return waiting(tenant, ruleSetId, wait, " FOR UPDATE");
    }

    private List<Long> waiting(TenantId tenant, long ruleSetId, Award.Wait wait, String lock) {
        return jdbc.sql("""
                        SELECT id FROM award
                        WHERE tenant_id = ? AND rule_set_id = ? AND released_at IS NULL AND waits_for = ?
                        ORDER BY id""" + lock)
                .params(tenant.value(), ruleSetId, wait.name())
                .query(Long.class)
                .list();
    }

    /** @param vouching who looked at each of them; {@code null}: nobody did */
    void passOn(
            TenantId tenant,
            Collection<Long> awardIds,
            Award.@Nullable Wait next,
            @Nullable Long vouching,
            Instant now) {
        jdbc.sql("""
                UPDATE award SET waits_for = :next,
                    accepted_at = IF(:vouching IS NULL, accepted_at, :now),
                    accepted_by = IFNULL(:vouching, accepted_by)
                WHERE tenant_id = :tenant AND id IN (:ids) AND released_at IS NULL""")
                .param("next", next == null ? null : next.name())
                .param("vouching", vouching)
                .param("now", Utc.of(now))
                .param("tenant", tenant.value())
                .param("ids", awardIds)
                .update();
    }

    List<Long> lockUnreleased(TenantId tenant, long ruleSetId) {
        return jdbc.sql("""
                        SELECT id FROM award WHERE tenant_id = ? AND rule_set_id = ? AND released_at IS NULL
                        ORDER BY id FOR UPDATE""").params(tenant.value(), ruleSetId).query(Long.class).list();
    }

    /** Another policy is in force: what waits for time or for the instructor follows it. */
    void waitFor(TenantId tenant, long ruleSetId, Award.@Nullable Wait next) {
        jdbc.sql("""
                UPDATE award SET waits_for = ?
                WHERE tenant_id = ? AND rule_set_id = ? AND released_at IS NULL
                    AND (waits_for IS NULL OR waits_for = 'INSTRUCTOR')""")
                .params(next == null ? null : next.name(), tenant.value(), ruleSetId)
                .update();
    }

    /** Awards of the same badges and holders that stand from before these, each with the one of these that takes its place. */
    Map<Long, Long> replaced(TenantId tenant, Collection<Long> byThese) {
        Map<Long, Long> replaced = new HashMap<>();
        jdbc.sql("""
                        SELECT old.id, MIN(newer.id) AS newer FROM award newer
                        JOIN award old ON old.tenant_id = newer.tenant_id AND old.person_id = newer.person_id
                            AND old.achievement_id = newer.achievement_id AND old.occurrence < newer.occurrence
                            AND old.revoked_at IS NULL
                        WHERE newer.tenant_id = :tenant AND newer.id IN (:ids) AND newer.revoked_at IS NULL
                        GROUP BY old.id""").param("tenant", tenant.value()).param("ids", byThese).query(row -> {
            replaced.put(row.getLong("id"), row.getLong("newer"));
        });
        return replaced;
    }

    /** @param replaced each with the one that takes its place */
    void supersede(TenantId tenant, Map<Long, Long> replaced, Instant now) {
        SUPERSEDE.update(batch, tenant.value(), List.copyOf(replaced.entrySet()), each ->
                new @Nullable Object[] {each.getKey(), each.getValue(), Utc.of(now), null});
    }

    /** Of those of these that are not released yet: when they may be. */
    void releaseAt(TenantId tenant, Map<Long, Instant> moments) {
        RELEASE_AT.update(batch, tenant.value(), List.copyOf(moments.entrySet()), each ->
                new Object[] {each.getKey(), Utc.of(each.getValue())});
    }

    /** Rule sets of which something is decided for this person that she may not know yet. */
    List<Long> unreleasedOf(TenantId tenant, long personId) {
        return jdbc.sql("SELECT rule_set_id FROM award WHERE tenant_id = ? AND person_id = ? AND released_at IS NULL")
                .params(tenant.value(), personId)
                .query(Long.class)
                .list();
    }
}
