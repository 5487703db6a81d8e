package dev.laurel.award.ledger;

import dev.laurel.award.Award;
import dev.laurel.platform.road.Footprint;
import dev.laurel.platform.road.Reference;
import dev.laurel.platform.road.Step;
import dev.laurel.platform.sql.Utc;
import dev.laurel.platform.tenant.TenantId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Awards, the facts they rest on, and what happened to them. */
@Repository
public class AwardRepository {

    private static final String SELECT = """
            SELECT id, public_id, subject_id, person_id, achievement_id, achievement_version, occurrence, context_id,
                rule_set_id, rule_set_version, reference, pass_id, decided_at, waits_for, release_at, accepted_by,
                released_at, claimed_at, declined_at, name_shown, suspended_at, revoked_at, sample_of
            FROM award WHERE tenant_id = :tenant\s""";

    private final JdbcClient jdbc;

    private final JdbcTemplate batch;

    AwardRepository(JdbcClient jdbc, JdbcTemplate batch) {
        this.jdbc = jdbc;
        this.batch = batch;
    }

    /** What somebody has of a badge: the last occurrence, and whether one of them stands. */
    public record Holding(int last, boolean live) {}

    public record Holder(long personId, long achievementId) {}

    /** Of those of these people who ever had one of these badges. */
    public Map<Holder, Holding> holdings(TenantId tenant, Collection<Long> achievementIds, Collection<Long> personIds) {
        Map<Holder, Holding> holdings = new HashMap<>();
        jdbc.sql("""
                        SELECT person_id, achievement_id, MAX(occurrence) AS last_one, SUM(revoked_at IS NULL) AS standing
                        FROM award WHERE tenant_id = :tenant AND person_id IN (:people) AND achievement_id IN (:badges)
                        GROUP BY person_id, achievement_id""")
                .param("tenant", tenant.value())
                .param("people", personIds)
                .param("badges", achievementIds)
                .query((row, n) -> Map.entry(
                        new Holder(row.getLong("person_id"), row.getLong("achievement_id")),
                        new Holding(row.getInt("last_one"), row.getInt("standing") > 0)))
                .list()
                .forEach(entry -> holdings.put(entry.getKey(), entry.getValue()));
        return holdings;
    }

    /**
     * Adds these awards in one statement; an occurrence that is there already is passed over, whoever gave it and on
     * whatever node. An award's {@code id} is not known before: {@link #added} tells which were new.
     */
    public void insertNew(TenantId tenant, List<Award> awards) {
        batch.batchUpdate("""
                INSERT INTO award (tenant_id, person_id, achievement_id, occurrence, public_id, subject_id,
                    achievement_version, context_id, rule_set_id, rule_set_version, reference, pass_id, decided_at,
                    waits_for, release_at, accepted_by, accepted_at, released_at, name_shown, sample_of)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                ON DUPLICATE KEY UPDATE id = id""", awards, Math.max(1, awards.size()), (row, award) -> {
            Award.Wait wait = award.waitsFor();
            row.setLong(1, tenant.value());
            row.setLong(2, award.personId());
            row.setLong(3, award.achievementId());
            row.setInt(4, award.occurrence());
            row.setString(5, award.publicId().toString());
            row.setString(6, award.subjectId().toString());
            row.setInt(7, award.achievementVersion());
            row.setLong(8, award.contextId());
            row.setLong(9, award.ruleSetId());
            row.setInt(10, award.ruleSetVersion());
            row.setString(11, award.reference().value());
            row.setObject(12, award.passId());
            row.setObject(13, Utc.of(award.decidedAt()));
            row.setString(14, wait == null ? null : wait.name());
            row.setObject(15, Utc.ofNullable(award.releaseAt()));
            row.setObject(16, award.acceptedBy());
            row.setObject(17, award.acceptedBy() == null ? null : Utc.of(award.decidedAt()));
            row.setObject(18, Utc.ofNullable(award.releasedAt()));
            row.setString(19, award.nameShown().name());
            row.setObject(20, award.sampleOf());
        });
    }

    /** Those of these that are in the table, in the order of their numbers. */
    public List<Award> added(TenantId tenant, Collection<UUID> publicIds) {
        return jdbc.sql(SELECT + "AND public_id IN (:publicIds) ORDER BY id")
                .param("tenant", tenant.value())
                .param("publicIds", publicIds.stream().map(UUID::toString).toList())
                .query(AwardRepository::award)
                .list();
    }

    public void insertFacts(TenantId tenant, Map<UUID, String> facts, Instant now) {
        List<Map.Entry<UUID, String>> rows = new ArrayList<>(facts.entrySet());
        batch.batchUpdate(
                "INSERT INTO decision_record (tenant_id, public_id, facts, created_at) VALUES (?, ?, ?, ?)",
                rows,
                Math.max(1, rows.size()),
                (row, fact) -> {
                    row.setLong(1, tenant.value());
                    row.setString(2, fact.getKey().toString());
                    row.setString(3, fact.getValue());
                    row.setObject(4, Utc.of(now));
                });
    }

    public Optional<String> facts(TenantId tenant, UUID publicId) {
        return jdbc.sql("SELECT facts FROM decision_record WHERE tenant_id = ? AND public_id = ?")
                .params(tenant.value(), publicId.toString())
                .query(String.class)
                .optional();
    }

    public Map<UUID, String> facts(TenantId tenant, Collection<UUID> publicIds) {
        Map<UUID, String> facts = new HashMap<>();
        jdbc.sql("SELECT public_id, facts FROM decision_record WHERE tenant_id = :tenant AND public_id IN (:ids)")
                .param("tenant", tenant.value())
                .param("ids", publicIds.stream().map(UUID::toString).toList())
                .query(row -> {
                    facts.put(UUID.fromString(row.getString("public_id")), row.getString("facts"));
                });
        return facts;
    }

    public List<Award> find(TenantId tenant, Collection<Long> awardIds) {
        return jdbc.sql(SELECT + "AND id IN (:ids) ORDER BY id")
                .param("tenant", tenant.value())
                .param("ids", awardIds)
                .query(AwardRepository::award)
                .list();
    }

    /** The award, locked until the transaction ends. */
    public Optional<Award> findForUpdate(TenantId tenant, long awardId) {
        return jdbc.sql(SELECT + "AND id = :id FOR UPDATE")
                .param("tenant", tenant.value())
                .param("id", awardId)
                .query(AwardRepository::award)
                .optional();
    }

    /** Locked, in the order of their numbers. */
    public List<Award> findForUpdate(TenantId tenant, Collection<Long> awardIds) {
        return jdbc.sql(SELECT + "AND id IN (:ids) ORDER BY id FOR UPDATE")
                .param("tenant", tenant.value())
                .param("ids", awardIds)
                .query(AwardRepository::award)
                .list();
    }

    public List<Award> ofRuleSet(TenantId tenant, long ruleSetId, long personId) {
        return jdbc.sql(SELECT + "AND rule_set_id = :ruleSet AND person_id = :person ORDER BY id")
                .param("tenant", tenant.value())
                .param("ruleSet", ruleSetId)
                .param("person", personId)
                .query(AwardRepository::award)
                .list();
    }

    public void suspend(TenantId tenant, Collection<Long> awardIds, @Nullable Instant at) {
        jdbc.sql("""
                UPDATE award SET suspended_at = :at WHERE tenant_id = :tenant AND id IN (:ids) AND revoked_at IS NULL""")
                .param("at", Utc.ofNullable(at))
                .param("tenant", tenant.value())
                .param("ids", awardIds)
                .update();
    }

    public List<Award> releasedOf(TenantId tenant, long personId) {
        return jdbc.sql(SELECT
                        + "AND person_id = :person AND released_at IS NOT NULL ORDER BY decided_at DESC, id DESC")
                .param("tenant", tenant.value())
                .param("person", personId)
                .query(AwardRepository::award)
                .list();
    }

    public List<Award> ofRuleSet(TenantId tenant, long ruleSetId) {
        return jdbc.sql(SELECT + "AND rule_set_id = :ruleSet AND sample_of IS NULL ORDER BY decided_at, id")
                .param("tenant", tenant.value())
                .param("ruleSet", ruleSetId)
                .query(AwardRepository::award)
                .list();
    }

    public Map<Long, Integer> counts(TenantId tenant, long contextId) {
        Map<Long, Integer> counts = new HashMap<>();
        jdbc.sql("""
                        SELECT rule_set_id, COUNT(*) AS awards FROM award
                        WHERE tenant_id = ? AND context_id = ? AND revoked_at IS NULL AND sample_of IS NULL
                        GROUP BY rule_set_id""")
                .params(tenant.value(), contextId)
                .query((row, n) -> Map.entry(row.getLong("rule_set_id"), row.getInt("awards")))
                .list()
                .forEach(count -> counts.put(count.getKey(), count.getValue()));
        return counts;
    }

    public void claim(TenantId tenant, long awardId, Award.NameShown name, Instant now) {
        jdbc.sql("""
                UPDATE award SET claimed_at = COALESCE(claimed_at, ?), declined_at = NULL, name_shown = ?
                WHERE tenant_id = ? AND id = ?""").params(Utc.of(now), name.name(), tenant.value(), awardId).update();
    }

    public void decline(TenantId tenant, long awardId, Instant now) {
        jdbc.sql("UPDATE award SET declined_at = ? WHERE tenant_id = ? AND id = ?")
                .params(Utc.of(now), tenant.value(), awardId)
                .update();
    }

    /** Locked, in the order of their numbers; those taken back are not among them. */
    public List<Award> lockPass(TenantId tenant, long passId) {
        return jdbc.sql(SELECT + "AND pass_id = :pass AND revoked_at IS NULL ORDER BY id FOR UPDATE")
                .param("tenant", tenant.value())
                .param("pass", passId)
                .query(AwardRepository::award)
                .list();
    }

    public List<Award> ofPass(TenantId tenant, long passId) {
        return jdbc.sql(SELECT + "AND pass_id = :pass AND revoked_at IS NULL ORDER BY id")
                .param("tenant", tenant.value())
                .param("pass", passId)
                .query(AwardRepository::award)
                .list();
    }

    /** As if it had never been decided; only for what nobody was told of. */
    public void unmake(TenantId tenant, Collection<Award> untold) {
        jdbc.sql("DELETE FROM decision_record WHERE tenant_id = :tenant AND public_id IN (:publicIds)")
                .param("tenant", tenant.value())
                .param(
                        "publicIds",
                        untold.stream()
                                .map(award -> award.publicId().toString())
                                .toList())
                .update();
        jdbc.sql("DELETE FROM award WHERE tenant_id = :tenant AND id IN (:ids) AND released_at IS NULL")
                .param("tenant", tenant.value())
                .param("ids", untold.stream().map(Award::id).toList())
                .update();
    }

    public void revoke(TenantId tenant, Collection<Long> awardIds, Instant now) {
        jdbc.sql("""
                UPDATE award SET revoked_at = :now
                WHERE tenant_id = :tenant AND id IN (:ids) AND revoked_at IS NULL""")
                .param("now", Utc.of(now))
                .param("tenant", tenant.value())
                .param("ids", awardIds)
                .update();
    }

    public List<Footprint> follow(TenantId tenant, Reference reference) {
        List<Footprint> footprints = new ArrayList<>();
        jdbc.sql(SELECT + "AND reference = :reference ORDER BY id")
                .param("tenant", tenant.value())
                .param("reference", reference.value())
                .query(AwardRepository::award)
                .list()
                .forEach(award -> {
                    String number = Long.toString(award.id());
                    footprints.add(new Footprint(Step.AWARD, award.decidedAt(), "award decided, number " + number));
                    if (award.releasedAt() != null && !award.releasedAt().equals(award.decidedAt())) {
                        footprints.add(
                                new Footprint(Step.AWARD, award.releasedAt(), "award released, number " + number));
                    }
                    if (award.claimedAt() != null) {
                        footprints.add(new Footprint(Step.AWARD, award.claimedAt(), "award claimed, number " + number));
                    }
                    if (award.revokedAt() != null) {
                        footprints.add(new Footprint(Step.AWARD, award.revokedAt(), "award revoked, number " + number));
                    }
                });
        return footprints;
    }

    private static Award award(ResultSet row, int n) throws SQLException {
        String wait = row.getString("waits_for");
        return new Award(
                row.getLong("id"),
                UUID.fromString(row.getString("public_id")),
                UUID.fromString(row.getString("subject_id")),
                row.getLong("person_id"),
                row.getLong("achievement_id"),
                row.getInt("achievement_version"),
                row.getInt("occurrence"),
                row.getLong("context_id"),
                row.getLong("rule_set_id"),
                row.getInt("rule_set_version"),
                new Reference(row.getString("reference")),
                row.getObject("pass_id", Long.class),
                Utc.read(row, "decided_at"),
                wait == null ? null : Award.Wait.valueOf(wait),
                Utc.readNullable(row, "release_at"),
                row.getObject("accepted_by", Long.class),
                Utc.readNullable(row, "released_at"),
                Utc.readNullable(row, "claimed_at"),
                Utc.readNullable(row, "declined_at"),
                Award.NameShown.valueOf(row.getString("name_shown")),
                Utc.readNullable(row, "suspended_at"),
                Utc.readNullable(row, "revoked_at"),
                row.getObject("sample_of", Long.class));
    }
}
