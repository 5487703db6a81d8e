package dev.laurel.achievement.framework;

import dev.laurel.achievement.Alignment;
import dev.laurel.platform.sql.MassInsert;
import dev.laurel.platform.sql.Utc;
import dev.laurel.platform.sql.Varchar;
import dev.laurel.platform.tenant.TenantId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class FrameworkRepository {

    private static final MassInsert SKILLS =
            new MassInsert("framework_skill (tenant_id, framework_id, place, name, url, code, kind, searched)", "");

    private static final MassInsert WORDS = new MassInsert("framework_word (tenant_id, word, framework_id, place)", "");

    /** Skills; their words are in memory together. */
    private static final int WORDED_TOGETHER = 1_000;

    /** What is as frequent is frequent. */
    private static final int FREQUENT = 200;

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
        putWords(
                tenant,
                framework,
                skills.stream().map(FrameworkRepository::searched).toList());
    }

    /** Of those that were brought before words were kept. */
    List<Long> withoutWords(TenantId tenant) {
        return jdbc.sql("SELECT id FROM framework WHERE tenant_id = ? AND has_words = FALSE")
                .param(tenant.value())
                .query(Long.class)
                .list();
    }

    /** Once, whoever else does the same at this moment. */
    void addWords(TenantId tenant, long framework) {
        Optional<Boolean> has = jdbc.sql("SELECT has_words FROM framework WHERE tenant_id = ? AND id = ? FOR UPDATE")
                .params(tenant.value(), framework)
                .query(Boolean.class)
                .optional();
        if (has.isPresent() && !has.get()) {
            putWords(
                    tenant,
                    framework,
                    jdbc.sql(
                                    "SELECT searched FROM framework_skill WHERE tenant_id = ? AND framework_id = ? ORDER BY place")
                            .params(tenant.value(), framework)
                            .query(String.class)
                            .list());
        }
    }

    /** @param searched of the skills by their places, without gaps from 0 */
    private void putWords(TenantId tenant, long framework, List<String> searched) {
        for (int from = 0; from < searched.size(); from += WORDED_TOGETHER) {
            List<Object[]> words = new ArrayList<>();
            for (int place = from; place < Math.min(from + WORDED_TOGETHER, searched.size()); place++) {
                for (String word : SkillWords.kept(searched.get(place))) {
                    words.add(new Object[] {tenant.value(), word, framework, place});
                }
            }
            WORDS.insert(template, words, Function.identity());
        }
        jdbc.sql("UPDATE framework SET has_words = TRUE WHERE tenant_id = ? AND id = ?")
                .params(tenant.value(), framework)
                .update();
    }

    /** Its name with its code before it, in lower case. */
    static String searched(Alignment skill) {
        String code = skill.targetCode();
        String all = (code == null ? "" : code + " ") + skill.targetName();
        return Varchar.fit(all.toLowerCase(Locale.ROOT), 410);
    }

    /**
     * Those in which words with all of these beginnings stand. It reads what begins like the rarest of them, and of that no further than
     * to as many as are asked for.
     *
     * @param words as {@link SkillWords#asked}
     * @param typed what stands in it as a whole, in lower case
     */
    List<Frameworks.Skill> search(TenantId tenant, Collection<String> words, List<String> typed, int most) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        for (String word : words) {
            counts.put(word, count(tenant, word));
        }
        Map.Entry<String, Integer> rarest = Collections.min(counts.entrySet(), Map.Entry.comparingByValue());
        if (rarest.getValue() == 0) {
            return List.of();
        }
        List<String> others = words.stream()
                .filter(word -> !word.equals(rarest.getKey()))
                .map(word -> word + "%")
                .toList();
        return jdbc.sql("""
                SELECT s.framework_id, s.name, s.url, s.code, s.kind, f.name AS framework FROM (
                    SELECT DISTINCT STRAIGHT_JOIN w.framework_id, w.place FROM framework_word w
                    JOIN framework_skill t
                        ON t.tenant_id = w.tenant_id AND t.framework_id = w.framework_id AND t.place = w.place
                    WHERE w.tenant_id = ? AND w.word LIKE ? %s %s LIMIT %d) found
                JOIN framework_skill s
                    ON s.tenant_id = ? AND s.framework_id = found.framework_id AND s.place = found.place
                JOIN framework f ON f.tenant_id = s.tenant_id AND f.id = s.framework_id
                ORDER BY s.framework_id, s.place""".formatted("""
                AND EXISTS (SELECT 1 FROM framework_word o FORCE INDEX (framework_word_of_skill) WHERE o.tenant_id = w.tenant_id
                    AND o.framework_id = w.framework_id AND o.place = w.place AND o.word LIKE ?)
                """.repeat(others.size()), "AND t.searched LIKE ? ".repeat(typed.size()), most))
                .params(tenant.value(), rarest.getKey() + "%")
                .params(others)
                .params(typed.stream()
                        .map(word -> "%" + word.replaceAll("([\\\\%_])", "\\\\$1") + "%")
                        .toList())
                .param(tenant.value())
                .query((row, n) -> new Frameworks.Skill(row.getLong("framework_id"), skill(row)))
                .list();
    }

    /** As often as it stands there, up to {@value #FREQUENT}. */
    private int count(TenantId tenant, String word) {
        return jdbc.sql("SELECT COUNT(*) FROM (SELECT 1 FROM framework_word WHERE tenant_id = ? AND word LIKE ? LIMIT "
                        + FREQUENT + ") some")
                .params(tenant.value(), word + "%")
                .query(Integer.class)
                .single();
    }

    /**
     * Those with one of these names, with or without their code before it, in lower case.
     *
     * @param words one of each name, as {@link SkillWords#kept}
     */
    List<Alignment> called(TenantId tenant, Collection<String> names, Collection<String> words) {
        return jdbc.sql("""
                SELECT STRAIGHT_JOIN s.name, s.url, s.code, s.kind, f.name AS framework FROM framework_word w
                JOIN framework_skill s
                    ON s.tenant_id = w.tenant_id AND s.framework_id = w.framework_id AND s.place = w.place
                JOIN framework f ON f.tenant_id = s.tenant_id AND f.id = s.framework_id
                WHERE w.tenant_id = :tenant AND w.word IN (:words) AND (LOWER(s.name) IN (:names) OR s.searched IN (:names))
                ORDER BY f.name, s.framework_id, s.place""")
                .param("tenant", tenant.value())
                .param("words", words)
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
        for (String table : List.of("framework_word", "framework_skill")) {
            jdbc.sql("DELETE FROM " + table + " WHERE tenant_id = ? AND framework_id = ?")
                    .params(tenant.value(), framework)
                    .update();
        }
    }
}
