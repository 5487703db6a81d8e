package dev.laurel.achievement;

import dev.laurel.achievement.Achievements.OwnedVersion;
import dev.laurel.platform.sql.Utc;
import dev.laurel.platform.tenant.TenantId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.json.JsonMapper;

/** Achievements and their versions. A version that was activated is never updated: each UPDATE says so. */
@Repository
class AchievementRepository {

    private static final String SELECT = """
            SELECT a.tenant_id, a.public_id, a.issuer_id, v.achievement_id, v.version, v.name, v.description, v.criteria,
                v.image_id, v.colour, v.credits, v.valid_months, v.valid_days,
                v.valid_until, v.renewal_days, v.alignments, v.details, v.activated_at
            FROM achievement a
            JOIN achievement_version v ON v.tenant_id = a.tenant_id AND v.achievement_id = a.id\s""";

    private static final JsonMapper JSON = JsonMapper.shared();

    private final JdbcClient jdbc;

    AchievementRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    long insert(TenantId tenant, UUID publicId, long issuerId, @Nullable Long copiedFrom, long byPerson, Instant now) {
        GeneratedKeyHolder key = new GeneratedKeyHolder();
        jdbc.sql("""
                INSERT INTO achievement
                    (tenant_id, public_id, issuer_id, latest_version, copied_from, created_by, created_at)
                VALUES (?, ?, ?, 1, ?, ?, ?)""")
                .params(tenant.value(), publicId.toString(), issuerId, copiedFrom, byPerson, Utc.of(now))
                .update(key, "id");
        return key.getKeyAs(Number.class).longValue();
    }

    /** The number of the sample of a badge, which is added where there is none. */
    long sampleOf(TenantId tenant, long achievementId, UUID publicId, long issuerId, int version, Instant now) {
        Optional<Long> known = sampleOf(tenant, achievementId);
        if (known.isPresent()) {
            return known.get();
        }
        jdbc.sql("""
                INSERT INTO achievement (tenant_id, public_id, issuer_id, latest_version, created_by, created_at, sample_of)
                VALUES (?, ?, ?, ?, 0, ?, ?)
                ON DUPLICATE KEY UPDATE id = id""")
                .params(tenant.value(), publicId.toString(), issuerId, version, Utc.of(now), achievementId)
                .update();
        return sampleOf(tenant, achievementId).orElseThrow();
    }

    Optional<Long> sampleOf(TenantId tenant, long achievementId) {
        return jdbc.sql("SELECT id FROM achievement WHERE tenant_id = ? AND sample_of = ?")
                .params(tenant.value(), achievementId)
                .query(Long.class)
                .optional();
    }

    /** Adds a sample of a version, activated from the first moment; where it is there nothing changes. */
    void insertActivated(
            TenantId tenant, long achievementId, AchievementVersion version, String name, long imageId, Instant now) {
        AchievementDraft.Worth worth = version.worth();
        jdbc.sql("""
                INSERT INTO achievement_version (tenant_id, achievement_id, version, name, description, criteria,
                    achievement_type, image_id, colour, credits, valid_months, valid_days, valid_until, renewal_days,
                    alignments, details, created_at, activated_at, activated_by)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0)
                ON DUPLICATE KEY UPDATE version = VALUES(version)""")
                .params(
                        tenant.value(),
                        achievementId,
                        version.version(),
                        name,
                        version.description(),
                        version.criteria(),
                        version.achievementType(),
                        imageId,
                        version.colour(),
                        worth.credits(),
                        months(worth),
                        days(worth),
                        worth.validity() == null ? null : worth.validity().lastDay(),
                        worth.validity() == null ? null : worth.validity().renewalDays(),
                        write(worth.alignments()),
                        write(worth.details()),
                        Utc.of(now),
                        Utc.of(now))
                .update();
    }

    void insertVersion(
            TenantId tenant, long achievementId, int version, AchievementDraft draft, long imageId, Instant now) {
        AchievementDraft.Worth worth = draft.worth() == null ? AchievementDraft.Worth.NOTHING : draft.worth();
        jdbc.sql("""
                INSERT INTO achievement_version (tenant_id, achievement_id, version, name, description, criteria,
                    achievement_type, image_id, colour, credits, valid_months, valid_days, valid_until, renewal_days,
                    alignments, details, created_at)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""")
                .params(
                        tenant.value(),
                        achievementId,
                        version,
                        draft.name(),
                        draft.description(),
                        draft.criteria(),
                        worth.details().type(),
                        imageId,
                        draft.colour(),
                        worth.credits(),
                        months(worth),
                        days(worth),
                        worth.validity() == null ? null : worth.validity().lastDay(),
                        worth.validity() == null ? null : worth.validity().renewalDays(),
                        write(worth.alignments()),
                        write(worth.details()),
                        Utc.of(now))
                .update();
    }

    private static @Nullable Integer months(AchievementDraft.Worth worth) {
        Period lasts = worth.validity() == null ? null : worth.validity().lasts();
        return lasts == null || lasts.getMonths() == 0 ? null : Integer.valueOf(lasts.getMonths());
    }

    private static @Nullable Integer days(AchievementDraft.Worth worth) {
        Period lasts = worth.validity() == null ? null : worth.validity().lasts();
        return lasts == null || lasts.getDays() == 0 ? null : Integer.valueOf(lasts.getDays());
    }

    /** Changes a draft; {@code false} where the version is activated and stays as it is. */
    boolean updateDraft(
            TenantId tenant,
            long achievementId,
            int version,
            AchievementDraft draft,
            AchievementDraft.Worth worth,
            long imageId) {
        return jdbc.sql("""
                        UPDATE achievement_version
                        SET name = ?, description = ?, criteria = ?, image_id = ?, colour = ?,
                            credits = ?, valid_months = ?, valid_days = ?, valid_until = ?, renewal_days = ?, alignments = ?,
                            achievement_type = ?, details = ?
                        WHERE tenant_id = ? AND achievement_id = ? AND version = ? AND activated_at IS NULL""")
                        .params(
                                draft.name(),
                                draft.description(),
                                draft.criteria(),
                                imageId,
                                draft.colour(),
                                worth.credits(),
                                months(worth),
                                days(worth),
                                worth.validity() == null
                                        ? null
                                        : worth.validity().lastDay(),
                                worth.validity() == null
                                        ? null
                                        : worth.validity().renewalDays(),
                                write(worth.alignments()),
                                worth.details().type(),
                                write(worth.details()),
                                tenant.value(),
                                achievementId,
                                version)
                        .update()
                == 1;
    }

    void setLatest(TenantId tenant, long achievementId, int version) {
        jdbc.sql("UPDATE achievement SET latest_version = ? WHERE tenant_id = ? AND id = ?")
                .params(version, tenant.value(), achievementId)
                .update();
    }

    /** {@code false} where it was activated before: then nothing changes, not even the time. */
    boolean activate(TenantId tenant, long achievementId, int version, long byPerson, Instant now) {
        return jdbc.sql("""
                        UPDATE achievement_version SET activated_at = ?, activated_by = ?
                        WHERE tenant_id = ? AND achievement_id = ? AND version = ? AND activated_at IS NULL""")
                        .params(Utc.of(now), byPerson, tenant.value(), achievementId, version)
                        .update()
                == 1;
    }

    /** The number of the latest version, locked until the transaction ends. */
    Optional<Integer> latestForUpdate(TenantId tenant, long achievementId) {
        return jdbc.sql("SELECT latest_version FROM achievement WHERE tenant_id = ? AND id = ? FOR UPDATE")
                .params(tenant.value(), achievementId)
                .query(Integer.class)
                .optional();
    }

    /** Whether a version of it was activated, or another badge was made from it. */
    boolean isUsed(TenantId tenant, long achievementId) {
        return jdbc.sql("""
                        SELECT (SELECT COUNT(*) FROM achievement_version
                                WHERE tenant_id = :tenant AND achievement_id = :id AND activated_at IS NOT NULL)
                            + (SELECT COUNT(*) FROM achievement
                                WHERE tenant_id = :tenant AND (copied_from = :id OR sample_of = :id))""")
                        .param("tenant", tenant.value())
                        .param("id", achievementId)
                        .query(Integer.class)
                        .single()
                > 0;
    }

    void delete(TenantId tenant, long achievementId) {
        jdbc.sql("DELETE FROM achievement_version WHERE tenant_id = ? AND achievement_id = ? AND activated_at IS NULL")
                .params(tenant.value(), achievementId)
                .update();
        jdbc.sql("DELETE FROM achievement WHERE tenant_id = ? AND id = ?")
                .params(tenant.value(), achievementId)
                .update();
    }

    Optional<Long> issuerOf(TenantId tenant, long achievementId) {
        return jdbc.sql("SELECT issuer_id FROM achievement WHERE tenant_id = ? AND id = ?")
                .params(tenant.value(), achievementId)
                .query(Long.class)
                .optional();
    }

    /** The issuers of those of these badges that one of this kind speaks for, by badge. */
    Map<Long, Long> issuers(TenantId tenant, Issuer.Kind kind, Collection<Long> achievementIds) {
        Map<Long, Long> issuers = new HashMap<>();
        jdbc.sql("""
                        SELECT a.id, a.issuer_id FROM achievement a
                        JOIN issuer i ON i.tenant_id = a.tenant_id AND i.id = a.issuer_id AND i.kind = :kind
                        WHERE a.tenant_id = :tenant AND a.id IN (:ids)""")
                .param("tenant", tenant.value())
                .param("kind", kind.name())
                .param("ids", achievementIds)
                .query(row -> {
                    issuers.put(row.getLong("id"), row.getLong("issuer_id"));
                });
        return issuers;
    }

    Optional<AchievementVersion> version(TenantId tenant, long achievementId, int version) {
        return jdbc.sql(SELECT + "WHERE a.tenant_id = ? AND a.id = ? AND v.version = ?")
                .params(tenant.value(), achievementId, version)
                .query(AchievementRepository::version)
                .optional();
    }

    List<AchievementVersion> versions(TenantId tenant, Collection<AchievementVersion.Key> keys) {
        return jdbc.sql(SELECT + "WHERE a.tenant_id = :tenant AND (v.achievement_id, v.version) IN (:keys)")
                .param("tenant", tenant.value())
                .param(
                        "keys",
                        keys.stream()
                                .map(key -> new Object[] {key.achievementId(), key.version()})
                                .toList())
                .query(AchievementRepository::version)
                .list();
    }

    Set<Long> copiesOf(TenantId tenant, UUID publicId) {
        return new HashSet<>(jdbc.sql("""
                WITH RECURSIVE family AS (
                    SELECT id, 0 AS distance FROM achievement WHERE tenant_id = :tenant AND public_id = :publicId
                    UNION ALL
                    SELECT copy.id, family.distance + 1 FROM achievement copy JOIN family ON family.id = copy.copied_from
                    WHERE copy.tenant_id = :tenant)
                SELECT id FROM family WHERE distance > 0""")
                .param("tenant", tenant.value())
                .param("publicId", publicId.toString())
                .query(Long.class)
                .list());
    }

    /** Public ids are unguessable and public: the one look-up that does not start with a tenant. */
    Optional<OwnedVersion> activated(UUID publicId, int version) {
        return jdbc.sql(SELECT + "WHERE a.public_id = ? AND v.version = ? AND v.activated_at IS NOT NULL")
                .params(publicId.toString(), version)
                .query((row, n) -> new OwnedVersion(new TenantId(row.getLong("tenant_id")), version(row, n)))
                .optional();
    }

    private static AchievementVersion version(ResultSet row, int n) throws SQLException {

        return new AchievementVersion(
                row.getLong("achievement_id"),
                UUID.fromString(row.getString("public_id")),
                row.getInt("version"),
                row.getLong("issuer_id"),
                row.getString("name"),
                row.getString("description"),
                row.getString("criteria"),
                row.getLong("image_id"),
                row.getString("colour"),
                row.getBigDecimal("credits"),
                validity(row),
                read(row.getString("alignments")),
                readDetails(row.getString("details")),
                Utc.readNullable(row, "activated_at"));
    }

    private static @Nullable String write(List<Alignment> alignments) {
        return alignments.isEmpty() ? null : JSON.writeValueAsString(alignments);
    }

    private static List<Alignment> read(@Nullable String alignments) {
        return alignments == null ? List.of() : List.of(JSON.readValue(alignments, Alignment[].class));
    }

    private static @Nullable String write(Details details) {
        return details.equals(Details.NOTHING) ? null : JSON.writeValueAsString(details);
    }

    private static Details readDetails(@Nullable String details) {
        return details == null ? Details.NOTHING : JSON.readValue(details, Details.class);
    }

    private static @Nullable Validity validity(ResultSet row) throws SQLException {
        @Nullable Integer renewalDays = row.getObject("renewal_days", Integer.class);
        if (renewalDays == null) {
            return null;
        }
        @Nullable Integer months = row.getObject("valid_months", Integer.class);
        if (months != null) {
            return Validity.months(months, renewalDays);
        }
        @Nullable Integer days = row.getObject("valid_days", Integer.class);
        return days != null
                ? Validity.days(days, renewalDays)
                : Validity.until(row.getObject("valid_until", LocalDate.class), renewalDays);
    }
}
