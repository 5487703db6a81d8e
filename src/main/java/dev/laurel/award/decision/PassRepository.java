package dev.laurel.award.decision;

import dev.laurel.award.Award;
import dev.laurel.platform.sql.Utc;
import dev.laurel.platform.tenant.TenantId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.stereotype.Repository;

/** Passes, and how many people somebody expected. */
@Repository
class PassRepository {

    private static final String SELECT = """
            SELECT id, rule_set_id, decided_at,
                IF(held AND confirmed_at IS NULL AND undone_at IS NULL, (SELECT COUNT(*) FROM award a
                    WHERE a.tenant_id = award_pass.tenant_id AND a.rule_set_id = award_pass.rule_set_id
                        AND a.pass_id = award_pass.id AND a.waits_for = 'BRAKE'), people) AS people,
                held, confirmed_at, undone_at FROM award_pass
            WHERE tenant_id = ? AND\s""";

    private final JdbcClient jdbc;

    PassRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    record HeadCount(int people, Instant confirmedAt) {}

    long add(TenantId tenant, long ruleSetId, int people, boolean held, Instant now) {
        GeneratedKeyHolder key = new GeneratedKeyHolder();
        jdbc.sql("""
                INSERT INTO award_pass (tenant_id, rule_set_id, decided_at, people, held) VALUES (?, ?, ?, ?, ?)""")
                .params(tenant.value(), ruleSetId, Utc.of(now), people, held)
                .update(key, "id");
        return Objects.requireNonNull(key.getKeyAs(Number.class)).longValue();
    }

    /** Newest first; those that gave a badge to one person are left out unless they are held. */
    List<Passes.Pass> ofRuleSet(TenantId tenant, long ruleSetId, int limit) {
        return jdbc.sql(SELECT + "rule_set_id = ? AND (people > 1 OR held) ORDER BY id DESC LIMIT ?")
                .params(tenant.value(), ruleSetId, limit)
                .query(PassRepository::pass)
                .list();
    }

    Optional<Passes.Pass> find(TenantId tenant, long ruleSetId, long passId) {
        return jdbc.sql(SELECT + "rule_set_id = ? AND id = ?")
                .params(tenant.value(), ruleSetId, passId)
                .query(PassRepository::pass)
                .optional();
    }

    Optional<Passes.Pass> lock(TenantId tenant, long ruleSetId, long passId) {
        return jdbc.sql(SELECT + "rule_set_id = ? AND id = ? FOR UPDATE")
                .params(tenant.value(), ruleSetId, passId)
                .query(PassRepository::pass)
                .optional();
    }

    /** @param people who still waited */
    void confirm(TenantId tenant, long passId, int people, long byPerson, Instant now) {
        jdbc.sql("UPDATE award_pass SET people = ?, confirmed_by = ?, confirmed_at = ? WHERE tenant_id = ? AND id = ?")
                .params(people, byPerson, Utc.of(now), tenant.value(), passId)
                .update();
    }

    /** @param people from whom it was taken back; that is kept of one that was held until then */
    void undo(TenantId tenant, long passId, int people, String reason, long byPerson, Instant now) {
        jdbc.sql("""
                UPDATE award_pass SET people = IF(held AND confirmed_at IS NULL, ?, people),
                    undone_by = ?, undone_at = ?, undone_reason = ? WHERE tenant_id = ? AND id = ?""")
                .params(people, byPerson, Utc.of(now), reason, tenant.value(), passId)
                .update();
    }

    /**
     * An award of the same badge that the holder of an award of a pass was told of before, in force or left because another
     * one took its place.
     *
     * @param newer the one of the pass
     * @param supersededBy {@code null}: it is in force
     * @param undone the pass that gave it was undone, or is this one
     */
    record Before(long newer, long id, @Nullable Long supersededBy, boolean undone) {

        Before passedOver() {
            return new Before(newer, id, supersededBy, true);
        }
    }

    /** By award of the pass, the latest first. What was taken back is not among them. */
    List<Before> before(TenantId tenant, long ruleSetId, long passId) {
        return before(
                "OR old.pass_id <=> newer.pass_id",
                "newer.rule_set_id = ? AND newer.pass_id = ?",
                tenant,
                ruleSetId,
                passId);
    }

    /** Of one award. */
    List<Before> before(TenantId tenant, long awardId) {
        return before("", "newer.id = ?", tenant, awardId);
    }

    private List<Before> before(String orUndone, String which, TenantId tenant, Long... ids) {
        return jdbc.sql("""
                        SELECT newer.id AS newer, old.id, old.superseded_by,
                            (p.undone_at IS NOT NULL\s""" + orUndone + """
                            ) AS undone FROM award newer
                        JOIN award old ON old.tenant_id = newer.tenant_id AND old.person_id = newer.person_id
                            AND old.achievement_id = newer.achievement_id AND old.occurrence < newer.occurrence
                            AND old.released_at IS NOT NULL
                            AND (old.revoked_at IS NULL OR old.superseded_by IS NOT NULL)
                        LEFT JOIN award_pass p ON p.tenant_id = old.tenant_id AND p.id = old.pass_id
                        WHERE newer.revoked_at IS NULL AND newer.tenant_id = ? AND\s""" + which + " ORDER BY newer.id, old.occurrence DESC")
                .param(tenant.value())
                .params(List.of(ids))
                .query((row, n) -> new Before(
                        row.getLong("newer"),
                        row.getLong("id"),
                        row.getObject("superseded_by", Long.class),
                        row.getBoolean("undone")))
                .list();
    }

    /**
     * Of awards that say the same as earlier ones, each of another person: its holder has accepted or declined it as the
     * earlier one, and who looks for that is led on to it.
     *
     * @param again by the number of the earlier one
     */
    void takePlace(TenantId tenant, Map<Long, Award> again) {
        jdbc.sql("""
                        UPDATE award old
                        JOIN award again ON again.tenant_id = old.tenant_id AND again.person_id = old.person_id
                            AND again.achievement_id = old.achievement_id AND again.public_id IN (:again)
                        SET again.claimed_at = old.claimed_at, again.declined_at = old.declined_at,
                            old.superseded_by = again.id
                        WHERE old.tenant_id = :tenant AND old.id IN (:old)""")
                .param("tenant", tenant.value())
                .param("old", again.keySet())
                .param(
                        "again",
                        again.values().stream()
                                .map(award -> award.publicId().toString())
                                .toList())
                .update();
    }

    private static Passes.Pass pass(ResultSet row, int n) throws SQLException {
        return new Passes.Pass(
                row.getLong("id"),
                row.getLong("rule_set_id"),
                Utc.read(row, "decided_at"),
                row.getInt("people"),
                row.getBoolean("held"),
                Utc.readNullable(row, "confirmed_at"),
                Utc.readNullable(row, "undone_at"));
    }

    /** How many awards are held and wait for somebody's word. */
    int held(TenantId tenant, long ruleSetId) {
        return jdbc.sql("""
                        SELECT COUNT(*) FROM award_pass p
                        JOIN award a ON a.tenant_id = p.tenant_id AND a.rule_set_id = p.rule_set_id AND a.pass_id = p.id
                        WHERE p.tenant_id = ? AND p.rule_set_id = ? AND p.held AND p.confirmed_at IS NULL
                            AND p.undone_at IS NULL AND a.waits_for = 'BRAKE' AND a.sample_of IS NULL""")
                .params(tenant.value(), ruleSetId)
                .query(Integer.class)
                .single();
    }

    /** How many awards the passes of a rule set gave since then. */
    int givenSince(TenantId tenant, long ruleSetId, Instant since) {
        return jdbc.sql("""
                        SELECT COUNT(*) FROM award_pass p
                        JOIN award a ON a.tenant_id = p.tenant_id AND a.rule_set_id = p.rule_set_id AND a.pass_id = p.id
                        WHERE p.tenant_id = ? AND p.rule_set_id = ? AND p.decided_at >= ? AND a.sample_of IS NULL""")
                .params(tenant.value(), ruleSetId, Utc.of(since))
                .query(Integer.class)
                .single();
    }

    Optional<HeadCount> headCount(TenantId tenant, long ruleSetId) {
        return jdbc.sql("""
                SELECT people, confirmed_at FROM award_head_count WHERE tenant_id = ? AND rule_set_id = ?""")
                .params(tenant.value(), ruleSetId)
                .query((row, n) -> new HeadCount(row.getInt("people"), Utc.read(row, "confirmed_at")))
                .optional();
    }

    void confirmHeadCount(TenantId tenant, long ruleSetId, int people, long byPerson, Instant now) {
        jdbc.sql("""
                INSERT INTO award_head_count (tenant_id, rule_set_id, people, confirmed_by, confirmed_at)
                VALUES (?, ?, ?, ?, ?)
                ON DUPLICATE KEY UPDATE people = VALUES(people), confirmed_by = VALUES(confirmed_by),
                    confirmed_at = VALUES(confirmed_at)""")
                .params(tenant.value(), ruleSetId, people, byPerson, Utc.of(now))
                .update();
    }

    int decidedSince(TenantId tenant, long ruleSetId, Instant since) {
        return jdbc.sql("""
                        SELECT COUNT(*) FROM award
                        WHERE tenant_id = ? AND rule_set_id = ? AND decided_at >= ? AND sample_of IS NULL""")
                .params(tenant.value(), ruleSetId, Utc.of(since))
                .query(Integer.class)
                .single();
    }
}
