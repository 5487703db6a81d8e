package dev.laurel.award.ledger;

import dev.laurel.award.Award;
import dev.laurel.platform.road.Reference;
import dev.laurel.platform.sql.MassInsert;
import dev.laurel.platform.sql.MassUpdate;
import dev.laurel.platform.sql.Utc;
import dev.laurel.platform.tenant.TenantId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.json.JsonMapper;

/** Rows of {@code award}. */
@Repository
public class AwardRepository {

    private static final String SELECT = """
            SELECT id, public_id, subject_id, person_id, achievement_id, achievement_version, occurrence, context_id,
                rule_set_id, rule_set_version, reference, pass_id, decided_at, waits_for, release_at, accepted_by,
                released_at, claimed_at, declined_at, name_shown, suspended_at, revoked_at, superseded_by, level_rank,
                level_names, valid_until, renew_from, sample_of
            FROM award WHERE tenant_id = :tenant\s""";

    private static final MassInsert INSERT = new MassInsert("""
            award (tenant_id, person_id, achievement_id, occurrence, public_id, subject_id,
                achievement_version, context_id, rule_set_id, rule_set_version, reference, pass_id, decided_at,
                waits_for, release_at, accepted_by, accepted_at, released_at, name_shown, sample_of, level_rank,
                level_names, valid_until, renew_from, remind_at)""", "ON DUPLICATE KEY UPDATE id = id");

    private static final MassUpdate DECIDE_ANEW = new MassUpdate(
            "award",
            List.of(
                    "achievement_version",
                    "rule_set_version",
                    "decided_at",
                    "level_rank",
                    "level_names",
                    "valid_until",
                    "renew_from",
                    "remind_at"),
            "released_at IS NULL");

    private static final JsonMapper JSON = JsonMapper.shared();

    private final JdbcClient jdbc;

    private final JdbcTemplate batch;

    AwardRepository(JdbcClient jdbc, JdbcTemplate batch) {
        this.jdbc = jdbc;
        this.batch = batch;
    }

    public record Holder(long personId, long achievementId) {}

    /** Of those of these people who ever had one of these badges. */
    public Map<Holder, Holding> holdings(TenantId tenant, Collection<Long> achievementIds, Collection<Long> personIds) {
        Map<Holder, List<Award>> ever = new HashMap<>();
        jdbc.sql(SELECT + "AND person_id IN (:people) AND achievement_id IN (:badges) ORDER BY occurrence")
                .param("tenant", tenant.value())
                .param("people", personIds)
                .param("badges", achievementIds)
                .query(AwardRepository::award)
                .list()
                .forEach(award -> ever.computeIfAbsent(
                                new Holder(award.personId(), award.achievementId()), any -> new ArrayList<>(1))
                        .add(award));
        Map<Holder, Holding> holdings = new HashMap<>();
        ever.forEach((holder, all) -> holdings.put(holder, Holding.of(all)));
        return holdings;
    }

    /**
     * Adds these awards in one statement; an occurrence that is there already is passed over, whoever gave it and on
     * whatever node. An award's {@code id} is not known before: {@link #added} tells which were new.
     */
    public void insertNew(TenantId tenant, List<Award> awards) {
        INSERT.insert(batch, awards, award -> {
            Award.Wait wait = award.waitsFor();
            Award.Level level = award.level();
            return new @Nullable Object[] {
                tenant.value(),
                award.personId(),
                award.achievementId(),
                award.occurrence(),
                award.publicId().toString(),
                award.subjectId().toString(),
                award.achievementVersion(),
                award.contextId(),
                award.ruleSetId(),
                award.ruleSetVersion(),
                award.reference().value(),
                award.passId(),
                Utc.of(award.decidedAt()),
                wait == null ? null : wait.name(),
                Utc.ofNullable(award.releaseAt()),
                award.acceptedBy(),
                award.acceptedBy() == null ? null : Utc.of(award.decidedAt()),
                Utc.ofNullable(award.releasedAt()),
                award.nameShown().name(),
                award.sampleOf(),
                level == null ? null : level.rank(),
                names(level),
                Utc.ofNullable(award.validUntil()),
                Utc.ofNullable(award.renewFrom()),
                Utc.ofNullable(award.remindAt())
            };
        });
    }

    /** Of these, which nobody was told of, what a decision under another version of the badge and its rule changes. */
    public void decideAnew(TenantId tenant, List<Award> awards) {
        DECIDE_ANEW.update(batch, tenant.value(), awards, award -> new @Nullable Object[] {
            award.id(),
            award.achievementVersion(),
            award.ruleSetVersion(),
            Utc.of(award.decidedAt()),
            award.level() == null ? null : award.level().rank(),
            names(award.level()),
            Utc.ofNullable(award.validUntil()),
            Utc.ofNullable(award.renewFrom()),
            Utc.ofNullable(award.remindAt())
        });
    }

    private static @Nullable String names(Award.@Nullable Level level) {
        return level == null ? null : JSON.writeValueAsString(level.names());
    }

    /** Leaves the number of an award that nobody was told of to one that comes before it: it and what follows it move on by one. */
    public void moveOn(TenantId tenant, Award untold) {
        jdbc.sql("""
                UPDATE award SET occurrence = occurrence + 1
                WHERE tenant_id = ? AND person_id = ? AND achievement_id = ? AND occurrence >= ?
                ORDER BY occurrence DESC""")
                .params(tenant.value(), untold.personId(), untold.achievementId(), untold.occurrence())
                .update();
    }

    /** Those of these, all of one pass or of none, that are in the table, with their numbers, in the order of those. */
    public List<Award> added(TenantId tenant, Collection<Award> wanted) {
        Award any = wanted.iterator().next();
        // A pass is found by its number sooner than by the names of thousands of awards.
        JdbcClient.StatementSpec those = any.passId() == null
                ? jdbc.sql("SELECT id, public_id FROM award WHERE tenant_id = :tenant AND public_id IN (:publicIds)")
                        .param(
                                "publicIds",
                                wanted.stream()
                                        .map(award -> award.publicId().toString())
                                        .toList())
                : jdbc.sql("""
                        SELECT id, public_id FROM award
                        WHERE tenant_id = :tenant AND rule_set_id = :ruleSet AND pass_id = :pass""").param("ruleSet", any.ruleSetId()).param("pass", any.passId());
        Map<String, Long> numbers = new HashMap<>();
        those.param("tenant", tenant.value()).query(row -> {
            numbers.put(row.getString("public_id"), row.getLong("id"));
        });
        List<Award> added = new ArrayList<>();
        for (Award award : wanted) {
            Long number = numbers.get(award.publicId().toString());
            if (number != null) {
                added.add(award.numbered(number));
            }
        }
        added.sort(Comparator.comparingLong(Award::id));
        return added;
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
        return jdbc.sql(SELECT + "AND rule_set_id = :ruleSet AND person_id = :person ORDER BY occurrence, id")
                .param("tenant", tenant.value())
                .param("ruleSet", ruleSetId)
                .param("person", personId)
                .query(AwardRepository::award)
                .list();
    }

    /** Of these people what nobody was told of yet, locked. */
    public List<Award> lockUnreleased(TenantId tenant, long ruleSetId, Collection<Long> people) {
        return people.isEmpty()
                ? List.of()
                : jdbc.sql(SELECT + """
                        AND person_id IN (:people) AND rule_set_id = :ruleSet AND released_at IS NULL
                        ORDER BY id FOR UPDATE""")
                        .param("tenant", tenant.value())
                        .param("people", people)
                        .param("ruleSet", ruleSetId)
                        .query(AwardRepository::award)
                        .list();
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

    public List<Award> newest(TenantId tenant, Collection<Long> issuerIds, long before, int limit) {
        return jdbc.sql(SELECT + """
                        AND id < :before AND revoked_at IS NULL AND sample_of IS NULL AND achievement_id IN (
                            SELECT b.id FROM achievement b WHERE b.tenant_id = :tenant AND b.issuer_id IN (:issuers))
                        ORDER BY id DESC LIMIT :limit""")
                .param("tenant", tenant.value())
                .param("before", before)
                .param("issuers", issuerIds)
                .param("limit", limit)
                .query(AwardRepository::award)
                .list();
    }

    public Map<Long, Integer> counts(TenantId tenant, Collection<Long> ruleSetIds) {
        Map<Long, Integer> counts = new HashMap<>();
        jdbc.sql("""
                        SELECT rule_set_id, COUNT(DISTINCT person_id) AS awards FROM award
                        WHERE tenant_id = :tenant AND rule_set_id IN (:ruleSets) AND released_at IS NOT NULL
                            AND revoked_at IS NULL AND sample_of IS NULL
                        GROUP BY rule_set_id""")
                .param("tenant", tenant.value())
                .param("ruleSets", ruleSetIds)
                .query((row, n) -> Map.entry(row.getLong("rule_set_id"), row.getInt("awards")))
                .list()
                .forEach(count -> counts.put(count.getKey(), count.getValue()));
        return counts;
    }

    /** Locked, in the order of their numbers; those taken back are not among them. */
    public List<Award> lockPass(TenantId tenant, long ruleSetId, long passId) {
        return jdbc.sql(
                        SELECT
                                + "AND rule_set_id = :ruleSet AND pass_id = :pass AND revoked_at IS NULL ORDER BY id FOR UPDATE")
                .param("tenant", tenant.value())
                .param("ruleSet", ruleSetId)
                .param("pass", passId)
                .query(AwardRepository::award)
                .list();
    }

    public List<Award> ofPass(TenantId tenant, long ruleSetId, long passId) {
        return jdbc.sql(SELECT + "AND rule_set_id = :ruleSet AND pass_id = :pass AND revoked_at IS NULL ORDER BY id")
                .param("tenant", tenant.value())
                .param("ruleSet", ruleSetId)
                .param("pass", passId)
                .query(AwardRepository::award)
                .list();
    }

    /** Every award of one of these badges that one of these people was told of; of one badge and person the oldest first. */
    public List<Award> chains(TenantId tenant, Collection<Long> people, Collection<Long> achievementIds) {
        return jdbc.sql(
                        SELECT
                                + "AND person_id IN (:people) AND achievement_id IN (:badges) AND released_at IS NOT NULL ORDER BY occurrence")
                .param("tenant", tenant.value())
                .param("people", people)
                .param("badges", achievementIds)
                .query(AwardRepository::award)
                .list();
    }

    public List<Award> byReference(TenantId tenant, Reference reference) {
        return jdbc.sql(SELECT + "AND reference = :reference ORDER BY id")
                .param("tenant", tenant.value())
                .param("reference", reference.value())
                .query(AwardRepository::award)
                .list();
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
                row.getObject("superseded_by", Long.class),
                level(row.getObject("level_rank", Integer.class), row.getString("level_names")),
                Utc.readNullable(row, "valid_until"),
                Utc.readNullable(row, "renew_from"),
                row.getObject("sample_of", Long.class));
    }

    private static Award.@Nullable Level level(@Nullable Integer rank, @Nullable String names) {
        return rank == null || names == null
                ? null
                : new Award.Level(rank, List.of(JSON.readValue(names, String[].class)));
    }
}
