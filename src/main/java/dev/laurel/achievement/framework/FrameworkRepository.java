package dev.laurel.achievement.framework;

import dev.laurel.achievement.Alignment;
import dev.laurel.platform.sql.MassInsert;
import dev.laurel.platform.sql.Utc;
import dev.laurel.platform.sql.Varchar;
import dev.laurel.platform.tenant.TenantId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class FrameworkRepository {

    private static final MassInsert SKILLS =
            new MassInsert("framework_skill (tenant_id, framework_id, place, name, url, code, kind, searched)", "");

    private final JdbcClient jdbc;

    private final JdbcTemplate template;

    FrameworkRepository(JdbcClient jdbc, JdbcTemplate template) {
        this.jdbc = jdbc;
        this.template = template;
    }

    List<Framework> all(TenantId tenant) {
        return jdbc.sql("""
                SELECT f.id, f.name, f.brought_at, COUNT(s.place) AS skills FROM framework f
                LEFT JOIN framework_skill s ON s.tenant_id = f.tenant_id AND s.framework_id = f.id
                WHERE f.tenant_id = ? GROUP BY f.id, f.name, f.brought_at ORDER BY f.name, f.id""")
                .param(tenant.value())
                .query((row, n) -> new Framework(
                        row.getLong("id"), row.getString("name"), row.getInt("skills"), Utc.read(row, "brought_at")))
                .list();
    }

    boolean any(TenantId tenant) {
        return jdbc.sql("SELECT EXISTS (SELECT 1 FROM framework WHERE tenant_id = ?)")
                .param(tenant.value())
                .query(Boolean.class)
                .single();
    }

    /** The one of this name, which is locked until the transaction ends; made where there is none. */
    long put(TenantId tenant, String name, long byPerson, Instant now) {
        jdbc.sql("""
                INSERT INTO framework (tenant_id, name, brought_by, brought_at) VALUES (?, ?, ?, ?)
                ON DUPLICATE KEY UPDATE brought_by = VALUES(brought_by), brought_at = VALUES(brought_at)""").params(tenant.value(), name, byPerson, Utc.of(now)).update();
        return find(tenant, name).orElseThrow();
    }

    Optional<Long> find(TenantId tenant, String name) {
        return jdbc.sql("SELECT id FROM framework WHERE tenant_id = ? AND name = ?")
                .params(tenant.value(), name)
                .query(Long.class)
                .optional();
    }

    void replaceSkills(TenantId tenant, long framework, List<Alignment> skills) {
        removeSkills(tenant, framework);
        SKILLS.insert(template, IntStream.range(0, skills.size()).boxed().toList(), place -> {
            Alignment skill = skills.get(place);
            return new @Nullable Object[] {
                tenant.value(),
                framework,
                place,
                skill.targetName(),
                skill.targetUrl(),
                skill.targetCode(),
                skill.targetType(),
                searched(skill)
            };
        });
    }

    /** Its name with its code before it, in lower case. */
    static String searched(Alignment skill) {
        String code = skill.targetCode();
        String all = (code == null ? "" : code + " ") + skill.targetName();
        return Varchar.fit(all.toLowerCase(Locale.ROOT), 410);
    }

    /**
     * Those in which all of these words stand, in lower case, in the order of their key: so it reads no further than to as many as are
     * asked for, and all of the institution's only where there are fewer.
     */
    List<Frameworks.Skill> search(TenantId tenant, List<String> words, int most) {
        String all = String.join(
                " ", words.stream().map(word -> "AND s.searched LIKE ?").toList());
        return jdbc.sql("""
                SELECT s.framework_id, s.name, s.url, s.code, s.kind, f.name AS framework FROM framework_skill s
                STRAIGHT_JOIN framework f ON f.tenant_id = s.tenant_id AND f.id = s.framework_id
                WHERE s.tenant_id = ? %s ORDER BY s.framework_id, s.place LIMIT %d""".formatted(all, most))
                .param(tenant.value())
                .params(words.stream()
                        .map(word -> "%" + word.replaceAll("([\\\\%_])", "\\\\$1") + "%")
                        .toList())
                .query((row, n) -> new Frameworks.Skill(row.getLong("framework_id"), skill(row)))
                .list();
    }

    /** Those with one of these names, with or without their code before it, in lower case. */
    List<Alignment> called(TenantId tenant, Collection<String> names) {
        return jdbc.sql("""
                SELECT s.name, s.url, s.code, s.kind, f.name AS framework FROM framework_skill s
                JOIN framework f ON f.tenant_id = s.tenant_id AND f.id = s.framework_id
                WHERE s.tenant_id = :tenant AND (LOWER(s.name) IN (:names) OR s.searched IN (:names))
                ORDER BY f.name, s.framework_id, s.place""")
                .param("tenant", tenant.value())
                .param("names", names)
                .query((row, n) -> skill(row))
                .list();
    }

    private static Alignment skill(ResultSet row) throws SQLException {
        return new Alignment(
                row.getString("name"),
                row.getString("url"),
                row.getString("code"),
                row.getString("framework"),
                row.getString("kind"));
    }

    Optional<Alignment> skill(TenantId tenant, long framework, String url) {
        return jdbc.sql("""
                SELECT s.name, s.url, s.code, s.kind, f.name AS framework FROM framework_skill s
                JOIN framework f ON f.tenant_id = s.tenant_id AND f.id = s.framework_id
                WHERE s.tenant_id = ? AND s.framework_id = ? AND s.url = ?""")
                .params(tenant.value(), framework, url)
                .query((row, n) -> skill(row))
                .optional();
    }

    boolean remove(TenantId tenant, long framework) {
        removeSkills(tenant, framework);
        return jdbc.sql("DELETE FROM framework WHERE tenant_id = ? AND id = ?")
                        .params(tenant.value(), framework)
                        .update()
                == 1;
    }

    private void removeSkills(TenantId tenant, long framework) {
        jdbc.sql("DELETE FROM framework_skill WHERE tenant_id = ? AND framework_id = ?")
                .params(tenant.value(), framework)
                .update();
    }
}
